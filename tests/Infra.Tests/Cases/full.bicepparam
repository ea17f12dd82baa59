using '../main.bicep'

// Everything that can be given: what the other environments leave at its default is used here.
param environmentName = 'full-name-12'
param location = 'northeurope'
param containerNames = ['uploads', 'hooks']
param privateNetworking = true
param networkAddressPrefix = '10.99.0.0/24'
param actionGroupId = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-ops/providers/Microsoft.Insights/actionGroups/ops'
param scale = { instanceMemoryMB: 512, maximumInstanceCount: 1000, httpPerInstanceConcurrency: 8 }
param settings = {
  Sluice__Relay__Targets__erp__Address: 'https://erp.example'
  Sluice__Events__Destinations__erp__Target: 'erp'
}
param vaultSettings = { Sluice__Relay__Targets__erp__AddHeaders__Authorization: 'erp-authorization' }
