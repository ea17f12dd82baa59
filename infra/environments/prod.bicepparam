using '../main.bicep'

param environmentName = 'prod'
param location = 'westeurope'
param privateNetworking = true
param contentRedundancy = 'Standard_GZRS'
param retention = { coolAfterDays: 30, deleteAfterDays: 365 }
param scale = { instanceMemoryMB: 4096, maximumInstanceCount: 200, httpPerInstanceConcurrency: 32, alwaysReadyInstances: 2 }
param logRetentionDays = 90
