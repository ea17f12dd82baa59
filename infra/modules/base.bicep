metadata description = 'What both hosts stand on: identity, telemetry, the storage account of the bodies, the key vault.'

import { resourceNames } from '../definitions/names.bicep'
import { redundancy, retentionSettings, stringMap } from '../definitions/types.bicep'

@description('Names of the resources.')
param names resourceNames

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

@description('Containers that may be written and read.')
param containerNames string[]

@description('Redundancy of the account of the bodies.')
param contentRedundancy redundancy

@description('Ages at which bodies change tier or disappear.')
param retention retentionSettings

@description('True: storage and vault can be reached through private endpoints only.')
param privateNetworking bool

@description('Days that logs are kept.')
param logRetentionDays int

@description('Action group that alerts notify. Empty: nobody.')
param actionGroupId string

module identity 'identity.bicep' = {
  params: { name: names.identity, location: location, tags: tags }
}

module monitoring 'monitoring.bicep' = {
  params: {
    insightsName: names.insights
    workspaceName: names.workspace
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module dashboard 'dashboard.bicep' = {
  dependsOn: [monitoring]
  params: { workspaceName: names.workspace, location: location, tags: tags }
}

module contentStorage 'storage.bicep' = {
  dependsOn: [monitoring]
  params: {
    name: names.contentStorage
    location: location
    tags: tags
    skuName: contentRedundancy
    containerNames: containerNames
    privateNetworking: privateNetworking
    retention: retention
    // Where parts of resumable uploads are blobs, for a moment (docs/resumable.md).
    temporaryPrefixes: map(containerNames, name => '${name}/partial-uploads/')
    workspaceName: names.workspace
    actionGroupId: actionGroupId
  }
}

module vault 'vault.bicep' = {
  dependsOn: [monitoring]
  params: {
    name: names.vault
    location: location
    tags: tags
    privateNetworking: privateNetworking
    workspaceName: names.workspace
  }
}
