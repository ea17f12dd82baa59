targetScope = 'subscription'

metadata description = 'Sluice.Server as a container app: bodies that declare their length stream too, and a request may take longer than 230 seconds.'

import { usesEventQueue } from 'definitions/events.bicep'
import { namesOf } from 'definitions/names.bicep'
import { redundancy, replicaSettings, retentionSettings, stringMap, uploadSettings } from 'definitions/types.bicep'

@description('Name of the environment (dev, prod, ...); part of every name.')
@minLength(1)
@maxLength(12)
param environmentName string

@description('Azure region.')
param location string

@description('Repository and tag of Sluice.Server in the registry that this creates, such as sluice:1.0.0. Empty: all but the app, so that there is a registry to push it to and a vault to put the key into.')
param image string = ''

@description('Containers that may be written and read.')
@minLength(1)
param containerNames string[] = ['uploads']

@description('Redundancy of the account that keeps the bodies.')
param contentRedundancy redundancy = 'Standard_ZRS'

@description('Ages at which bodies change tier or disappear.')
param retention retentionSettings = { coolAfterDays: 30 }

@description('Scale and memory of the app.')
param scale replicaSettings = {
  replicaMemoryMB: 1024
  minReplicas: 1
  maxReplicas: 10
  httpPerReplicaConcurrency: 32
}

@description('What an upload may be. 1 TiB is far from what blocks reach; it is there so that a mistake ends somewhere.')
param upload uploadSettings = {
  maxBodyBytes: 1099511627776
  blockBytes: 1048576
  blocksInFlight: 4
  peekWindowBytes: 8192
}

@description('More settings of Sluice, for instance relay targets and rules. No secrets.')
param settings stringMap = {}

@description('Settings whose values are secrets of the vault: name of the setting, name of the secret. The server does not start without a key.')
param vaultSettings stringMap = { Sluice__Server__Keys__0: 'server-key' }

@description('True: storage and vault can be reached through private endpoints only, and the app is on that network. The registry stays public; it holds the image only.')
param privateNetworking bool = false

@description('Address space of that network, at least a /24.')
param networkAddressPrefix string = '10.43.0.0/24'

@description('Days that logs are kept.')
param logRetentionDays int = 30

@description('Action group that alerts notify. Empty: nobody.')
param actionGroupId string = ''

var names = namesOf(environmentName, take(uniqueString(subscription().id, environmentName, location, 'containerapp'), 6))
var tags = { application: 'sluice', environment: environmentName }

var sendsEvents = usesEventQueue(union(settings, vaultSettings))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-sluice-server-${environmentName}'
  location: location
  tags: tags
}

module base 'modules/base.bicep' = {
  scope: group
  params: {
    names: names
    location: location
    tags: tags
    containerNames: containerNames
    contentRedundancy: contentRedundancy
    retention: retention
    privateNetworking: privateNetworking
    logRetentionDays: logRetentionDays
    actionGroupId: actionGroupId
  }
}

module registry 'modules/registry.bicep' = {
  scope: group
  dependsOn: [base]
  params: { name: names.registry, location: location, tags: tags, workspaceName: names.workspace }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  scope: group
  dependsOn: [base]
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
    storageAccountNames: [names.contentStorage]
    vaultName: names.vault
    workspaceName: names.workspace
  }
}

module access 'modules/access.bicep' = {
  scope: group
  dependsOn: [base, registry]
  params: {
    identityName: names.identity
    contentStorageName: names.contentStorage
    containerNames: containerNames
    vaultName: names.vault
    insightsName: names.insights
    registryName: names.registry
    sendsEvents: sendsEvents
  }
}

module events 'modules/events.bicep' = if (sendsEvents) {
  scope: group
  dependsOn: [base]
  params: {
    names: names
    location: location
    tags: tags
    actionGroupId: actionGroupId
  }
}

module containerApp 'modules/containerapp.bicep' = {
  scope: group
  dependsOn: [access, network]
  params: {
    names: names
    location: location
    tags: tags
    image: image
    containerNames: containerNames
    scale: scale
    upload: upload
    settings: settings
    vaultSettings: vaultSettings
    privateNetworking: privateNetworking
    actionGroupId: actionGroupId
  }
}

@description('Name of the registry, to push the image to.')
output AZURE_REGISTRY_NAME string = names.registry

@description('Name of the key vault, to put the server key into.')
output AZURE_KEY_VAULT_NAME string = names.vault

@description('Host name of the app. Empty without an image.')
output SLUICE_HOST string = containerApp.outputs.hostName
