metadata description = 'A storage account with private containers: no shared keys, no public blobs, TLS 1.2, HTTPS only.'

import { redundancy, retentionSettings, stringMap } from '../definitions/types.bicep'

@description('Globally unique name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

@description('Redundancy of the account.')
param skuName redundancy

@description('Containers to create.')
param containerNames string[]

@description('True: private endpoints are the only way in.')
param privateNetworking bool

@description('Ages at which blobs change tier or disappear.')
param retention retentionSettings

@description('Prefixes, container first, of blobs that nobody needs for longer than a week.')
param temporaryPrefixes string[]

@description('Log Analytics workspace that receives the logs.')
param workspaceName string

@description('Action group that alerts notify. Empty: nobody.')
param actionGroupId string

var ages = retention.?coolAfterDays != null || retention.?deleteAfterDays != null

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: skuName }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateNetworking ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: privateNetworking ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource containers 'containers' = [
      for containerName in containerNames: {
        name: containerName
        properties: { publicAccess: 'None' }
      }
    ]
  }

  // Blocks that were never committed need no rule: storage drops them a week after the last one. What a process leaves that dies while it makes one
  // upload of others gets the same time.
  resource lifecycle 'managementPolicies' = if (ages || !empty(temporaryPrefixes)) {
    name: 'default'
    properties: {
      policy: {
        rules: [
          ...(ages
            ? [
                {
                  name: 'age-out'
                  enabled: true
                  type: 'Lifecycle'
                  definition: {
                    filters: { blobTypes: ['blockBlob'] }
                    actions: {
                      baseBlob: {
                        ...(retention.?coolAfterDays != null
                          ? { tierToCool: { daysAfterModificationGreaterThan: retention.?coolAfterDays } }
                          : {})
                        ...(retention.?deleteAfterDays != null
                          ? { delete: { daysAfterModificationGreaterThan: retention.?deleteAfterDays } }
                          : {})
                      }
                    }
                  }
                }
              ]
            : [])
          ...(empty(temporaryPrefixes)
            ? []
            : [
                {
                  name: 'temporary'
                  enabled: true
                  type: 'Lifecycle'
                  definition: {
                    filters: { blobTypes: ['blockBlob'], prefixMatch: temporaryPrefixes }
                    actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } } }
                  }
                }
              ])
          // What an upload asks for by Sluice:...:DeleteAfterDays: its blob has this index tag.
          ...(empty(temporaryPrefixes)
            ? []
            : map([1, 7, 30, 90, 365], days => {
                name: 'delete-after-${days}'
                enabled: true
                type: 'Lifecycle'
                definition: {
                  filters: {
                    blobTypes: ['blockBlob']
                    blobIndexMatch: [{ name: 'deleteAfterDays', op: '==', value: string(days) }]
                  }
                  actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } }
                }
              }))
        ]
      }
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'to-log-analytics'
  properties: {
    workspaceId: workspace.id
    logs: [
      { categoryGroup: 'audit', enabled: true }
    ]
    metrics: [
      { category: 'Transaction', enabled: true }
    ]
  }
}

module alerts 'alerts.bicep' = {
  params: {
    prefix: 'alert-${name}'
    tags: tags
    actionGroupId: actionGroupId
    rules: [
      {
        name: 'availability'
        description: 'Of the requests to the storage account, more than one in a hundred failed on its side.'
        resourceId: account.id
        metric: 'Availability'
        aggregation: 'Average'
        operator: 'LessThan'
        threshold: 99
      }
    ]
  }
}
