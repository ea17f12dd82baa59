metadata description = 'Every role assignment, in one file to review: what the app may touch, and how.'

import { roles } from '../definitions/roles.bicep'

@description('Identity that the app runs as.')
param identityName string

@description('Storage account of the stored bodies.')
param contentStorageName string

@description('Containers of it that may be written and read.')
param containerNames string[]

@description('Key vault of the secrets.')
param vaultName string

@description('Application Insights component that receives telemetry.')
param insightsName string

@description('Storage account of the Functions host. Empty: there is none.')
param hostStorageName string = ''

@description('Container registry of the image. Empty: there is none.')
param registryName string = ''

@description('True: the app sends events.')
param sendsEvents bool

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource contentStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: contentStorageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource containers 'containers' existing = [
      for containerName in containerNames: {
        name: containerName
      }
    ]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = if (!empty(hostStorageName)) {
  name: hostStorageName
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = if (!empty(registryName)) {
  name: registryName
}

// Bodies: read, write and delete blobs in these containers, and nothing else in the account.
resource contentBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (containerName, index) in containerNames: {
    scope: contentStorage::blobs::containers[index]
    name: guid(contentStorage.id, containerName, identity.id, roles.storageBlobDataContributor)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
    }
  }
]

// Secrets: read their values. Who writes them is a person, or a pipeline, with a role of its own.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id, roles.monitoringMetricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
  }
}

// The host creates containers of its own, takes leases on blobs, and reads the package. Microsoft asks for Owner.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(hostStorageName)) {
  scope: hostStorage
  name: guid(hostStorage.id, identity.id, roles.storageBlobDataOwner)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataOwner)
  }
}

// The outbox of events: of a function app in the account of its host, which scales by it, and else beside the bodies.
resource hostQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (sendsEvents && !empty(hostStorageName)) {
  scope: hostStorage
  name: guid(hostStorage.id, identity.id, roles.storageQueueDataContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataContributor)
  }
}

resource contentQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (sendsEvents && empty(hostStorageName)) {
  scope: contentStorage
  name: guid(contentStorage.id, identity.id, roles.storageQueueDataContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageQueueDataContributor)
  }
}

resource image 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(registryName)) {
  scope: registry
  name: guid(registry.id, identity.id, roles.acrPull)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
  }
}
