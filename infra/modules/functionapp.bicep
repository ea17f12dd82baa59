metadata description = 'Flex Consumption plan and the function app on it.'

import { resourceNames } from '../definitions/names.bicep'
import { hostBodyLimitBytes, memoryAlertBytes, sluiceSettings } from '../definitions/sizing.bicep'
import { scaleSettings, stringMap, updateStrategy, uploadSettings } from '../definitions/types.bicep'

@description('Names of the resources.')
param names resourceNames

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

@description('Container of the host account that holds the deployment package.')
param packageContainerName string

@description('Containers that may be written and read.')
param containerNames string[]

@description('Scale and memory.')
param scale scaleSettings

@description('What a deployment does to requests in progress.')
param deploymentStrategy updateStrategy

@description('What an upload may be.')
param upload uploadSettings

@description('More settings of Sluice. No secrets.')
param settings stringMap

@description('Settings whose values are secrets of the vault: name of the setting, name of the secret.')
param vaultSettings stringMap

@description('True: the app sends events.')
param sendsEvents bool

@description('True: the app calls out through the virtual network.')
param privateNetworking bool

@description('Action group that alerts notify. Empty: nobody.')
param actionGroupId string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identity
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: names.workspace
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: names.insights
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: names.hostStorage
}

resource contentStorage 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: names.contentStorage
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: names.vault
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' existing = if (privateNetworking) {
  name: names.network

  resource app 'subnets' existing = {
    name: 'app'
  }
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'plan-${names.functionApp}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: names.functionApp
  location: location
  tags: { ...tags, 'azd-service-name': 'sluice' }
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Without it the platform reads the vault as a system-assigned identity, which this app has not.
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: privateNetworking ? network::app.id : null
    // Flex Consumption refuses most of siteConfig (ARM error 51021): alwaysOn, ftpsState, linuxFxVersion, ...
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: scale.instanceMemoryMB
        maximumInstanceCount: scale.maximumInstanceCount
        alwaysReady: (scale.?alwaysReadyInstances ?? 0) > 0 ? [{ name: 'http', instanceCount: scale.?alwaysReadyInstances ?? 0 }] : []
        triggers: {
          http: { perInstanceConcurrency: scale.httpPerInstanceConcurrency }
        }
      }
      // No version of the API has it in its schema; the documentation says that all since 2023-12-01 take it.
      // https://learn.microsoft.com/azure/azure-functions/flex-consumption-site-updates
      #disable-next-line BCP037
      siteUpdateStrategy: { type: deploymentStrategy }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostStorage.properties.primaryEndpoints.blob}${packageContainerName}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: hostStorage.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AZURE_CLIENT_ID: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: string(hostBodyLimitBytes(upload))
      Sluice__Blob__Endpoint: contentStorage.properties.primaryEndpoints.blob
      ...sluiceSettings(scale.httpPerInstanceConcurrency, upload, containerNames)
      'AzureWebJobs.Events.Disabled': string(!sendsEvents)
      ...settings
      // Without a version the platform follows the secret, within a day or at the next restart.
      ...toObject(
        items(vaultSettings),
        setting => setting.key,
        setting => '@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${setting.value})'
      )
    }
  }

  // Passwords for deployments.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-log-analytics'
  properties: {
    workspaceId: workspace.id
    logs: [
      { category: 'FunctionAppLogs', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

module alerts 'alerts.bicep' = {
  params: {
    prefix: 'alert-${names.functionApp}'
    tags: tags
    actionGroupId: actionGroupId
    rules: [
      {
        name: 'memory'
        description: 'An instance has less than a fifth of its memory left: something buffers. Bodies that declare their length do, in the host.'
        resourceId: app.id
        metric: 'MemoryWorkingSet'
        aggregation: 'Average'
        operator: 'GreaterThan'
        threshold: memoryAlertBytes(scale.instanceMemoryMB)
      }
    ]
  }
}

// Not the metric Http5xx: on Flex Consumption there is none, by all reports, and Azure refuses an alert on it. Telemetry of requests has them.
resource serverErrors 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'alert-${names.functionApp}-server-errors'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Sluice: server errors'
    description: 'More than ten answers of 500 and above in five minutes.'
    enabled: true
    severity: 2
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: 'AppRequests | where _ResourceId =~ "${insights.id}" and toint(ResultCode) >= 500'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 10
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    // A new workspace has the table only after the first request.
    skipQueryValidation: true
    actions: { actionGroups: empty(actionGroupId) ? [] : [actionGroupId] }
  }
}

@description('Host name of the function app.')
output hostName string = app.properties.defaultHostName
