using '../containerapp.bicep'

param environmentName = 'prod'
param location = 'westeurope'
param image = 'sluice:1.0.0'
param privateNetworking = true
param contentRedundancy = 'Standard_GZRS'
param retention = { coolAfterDays: 30, deleteAfterDays: 365 }
param scale = { replicaMemoryMB: 2048, minReplicas: 2, maxReplicas: 20, httpPerReplicaConcurrency: 64 }
param logRetentionDays = 90
