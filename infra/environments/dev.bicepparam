using '../main.bicep'

param environmentName = 'dev'
param location = 'westeurope'
param contentRedundancy = 'Standard_LRS'
param retention = { deleteAfterDays: 14 }
param scale = { instanceMemoryMB: 2048, maximumInstanceCount: 40, httpPerInstanceConcurrency: 16 }
