metadata description = 'Virtual network: a subnet that the app calls out from, and private endpoints for storage and the vault.'

import { stringMap } from '../definitions/types.bicep'

@description('Name of the network.')
param name string

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

@description('Address space of the network, at least a /24.')
param addressPrefix string

@description('Storage accounts to reach privately.')
param storageAccountNames string[]

@description('Key vault to reach privately.')
param vaultName string

@description('Log Analytics workspace that receives the logs.')
param workspaceName string

var endpoints = concat(
  map(storageAccountNames, accountName => {
    name: 'pe-${accountName}-blob'
    type: 'Microsoft.Storage/storageAccounts'
    target: accountName
    group: 'blob'
  }),
  [
    {
      name: 'pe-${vaultName}'
      type: 'Microsoft.KeyVault/vaults'
      target: vaultName
      group: 'vault'
    }
  ]
)

// In the order of zoneOf.
var zoneNames = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink${replace(environment().suffixes.keyvaultDns, 'vault', 'vaultcore')}'
]
var zoneOf = { blob: 0, vault: 1 }

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        // Flex Consumption and Container Apps ask for the same delegation, and for a subnet of their own.
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'app'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(addressPrefix, 27, 2) }
      }
    ]
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'endpoints'
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: network
  name: 'to-log-analytics'
  properties: {
    workspaceId: workspace.id
    logs: [
      { categoryGroup: 'allLogs', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zoneName in zoneNames: {
    name: zoneName
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zoneName, index) in zoneNames: {
    parent: zones[index]
    name: network.name
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2025-05-01' = [
  for endpoint in endpoints: {
    name: endpoint.name
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpointSubnet.id }
      privateLinkServiceConnections: [
        {
          name: endpoint.group
          properties: {
            privateLinkServiceId: resourceId(endpoint.type, endpoint.target)
            groupIds: [endpoint.group]
          }
        }
      ]
    }
  }
]

resource zoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = [
  for (endpoint, index) in endpoints: {
    parent: privateEndpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        { name: endpoint.group, properties: { privateDnsZoneId: zones[zoneOf[endpoint.group]].id } }
      ]
    }
  }
]
