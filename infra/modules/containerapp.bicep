metadata description = 'Container Apps environment and Sluice.Server in it.'

import { resourceNames } from '../definitions/names.bicep'
import { memoryAlertBytes, sluiceSettings } from '../definitions/sizing.bicep'
import { replicaSettings, stringMap, uploadSettings } from '../definitions/types.bicep'

@description('Names of the resources.')
param names resourceNames

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

@description('Repository and tag of the image in the registry. Empty: the environment only.')
param image string

@description('Containers that may be written and read.')
param containerNames string[]

@description('Scale and memory.')
param scale replicaSettings

@description('What an upload may be.')
param upload uploadSettings

@description('More settings of Sluice. No secrets.')
param settings stringMap

@description('Settings whose values are secrets of the vault: name of the setting, name of the secret.')
param vaultSettings stringMap

@description('True: the app is on the virtual network.')
param privateNetworking bool

@description('Action group that alerts notify. Empty: nobody.')
param actionGroupId string

var port = 8080

// Half a core for each GiB is what the Consumption profile offers.
var sizes = {
  '512': { cpu: '0.25', memory: '0.5Gi' }
  '1024': { cpu: '0.5', memory: '1Gi' }
  '2048': { cpu: '1.0', memory: '2Gi' }
  '4096': { cpu: '2.0', memory: '4Gi' }
}
var size = sizes[string(scale.replicaMemoryMB)]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identity
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: names.workspace
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.insights
}

resource contentStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: names.contentStorage
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: names.vault
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = {
  name: names.registry
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' existing = if (privateNetworking) {
  name: names.network

  resource app 'subnets' existing = {
    name: 'app'
  }
}

resource managedEnvironment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: names.containerEnvironment
  location: location
  tags: tags
  properties: {
    // Through a diagnostic setting: the other way to Log Analytics needs the workspace's shared key.
    appLogsConfiguration: { destination: 'azure-monitor' }
    vnetConfiguration: privateNetworking ? { infrastructureSubnetId: network::app.id, internal: false } : null
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
    ]
  }
}

resource environmentDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: managedEnvironment
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

resource app 'Microsoft.App/containerApps@2025-01-01' = if (!empty(image)) {
  name: names.containerApp
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: managedEnvironment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: port
        transport: 'auto'
      }
      registries: [
        { server: registry.properties.loginServer, identity: identity.id }
      ]
      // One for each secret, however many settings refer to it. Without a version the platform follows the secret, within half an hour, and
      // restarts the app.
      secrets: [
        for secret in union(map(items(vaultSettings), setting => setting.value), []): {
          name: toLower(secret)
          keyVaultUrl: '${vault.properties.vaultUri}secrets/${secret}'
          identity: identity.id
        }
      ]
    }
    template: {
      // The longest there is: uploads that are under way may end.
      terminationGracePeriodSeconds: 600
      containers: [
        {
          name: 'sluice'
          image: '${registry.properties.loginServer}/${image}'
          resources: { cpu: json(size.cpu), memory: size.memory }
          env: concat(
            map(
              items({
                APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
                // The ingress ends TLS; links that the server writes have the scheme of the caller.
                ASPNETCORE_FORWARDEDHEADERS_ENABLED: 'true'
                AZURE_CLIENT_ID: identity.properties.clientId
                // No debugger's socket: nothing is written outside of /tmp.
                DOTNET_EnableDiagnostics: '0'
                // A little less than the platform waits, so that the server ends by itself.
                Sluice__Shutdown__GracePeriod: '00:09:50'
                // Not ASPNETCORE_URLS, which comes before appsettings.json and loses to it.
                Urls: 'http://*:${port}'
                Sluice__Blob__Endpoint: contentStorage.properties.primaryEndpoints.blob
                ...sluiceSettings(scale.httpPerReplicaConcurrency, upload, containerNames)
                ...settings
              }),
              setting => { name: setting.key, value: setting.value }
            ),
            map(items(vaultSettings), setting => { name: setting.key, secretRef: toLower(setting.value) })
          )
          probes: [
            // The server warms up before it accepts requests; a minute is plenty.
            {
              type: 'Startup'
              httpGet: { path: '/api/health/live', port: port }
              periodSeconds: 2
              failureThreshold: 30
            }
            {
              type: 'Liveness'
              httpGet: { path: '/api/health/live', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: { path: '/api/health/ready', port: port }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
          volumeMounts: [
            { volumeName: 'tmp', mountPath: '/tmp' }
          ]
        }
      ]
      volumes: [
        { name: 'tmp', storageType: 'EmptyDir' }
      ]
      scale: {
        minReplicas: scale.minReplicas
        maxReplicas: scale.maxReplicas
        rules: [
          {
            name: 'http'
            http: { metadata: { concurrentRequests: string(scale.httpPerReplicaConcurrency) } }
          }
        ]
      }
    }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(image)) {
  scope: app
  name: 'to-log-analytics'
  properties: {
    workspaceId: workspace.id
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

module alerts 'alerts.bicep' = if (!empty(image)) {
  params: {
    prefix: 'alert-${names.containerApp}'
    tags: tags
    actionGroupId: actionGroupId
    rules: [
      {
        name: 'server-errors'
        description: 'More than ten answers of 500 and above in five minutes.'
        resourceId: app.id
        metric: 'Requests'
        aggregation: 'Total'
        operator: 'GreaterThan'
        threshold: 10
        dimensions: { statusCodeCategory: '5xx' }
      }
      {
        name: 'memory'
        description: 'A replica has less than a fifth of its memory left: something buffers.'
        resourceId: app.id
        metric: 'WorkingSetBytes'
        aggregation: 'Maximum'
        operator: 'GreaterThan'
        threshold: memoryAlertBytes(scale.replicaMemoryMB)
      }
      {
        name: 'restarts'
        description: 'A replica was restarted.'
        resourceId: app.id
        metric: 'RestartCount'
        aggregation: 'Maximum'
        operator: 'GreaterThan'
        threshold: 0
      }
    ]
  }
}

@description('Host name of the container app. Empty without an image.')
output hostName string = app.?properties.configuration.ingress.fqdn ?? ''
