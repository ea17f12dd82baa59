targetScope = 'subscription'

metadata description = 'Sluice as an Azure Functions app on Flex Consumption, and all that it needs.'

import { usesEventQueue } from 'definitions/events.bicep'
import { namesOf } from 'definitions/names.bicep'
import { redundancy, retentionSettings, scaleSettings, stringMap, updateStrategy, uploadSettings } from 'definitions/types.bicep'

@description('Name of the environment (dev, prod, ...); part of every name.')
@minLength(1)
@maxLength(12)
param environmentName string

@description('Azure region. One of those that offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Containers that may be written and read. They are created.')
@minLength(1)
param containerNames string[] = ['uploads']

@description('Redundancy of the account that keeps the bodies.')
param contentRedundancy redundancy = 'Standard_ZRS'

@description('Ages at which bodies change tier or disappear.')
param retention retentionSettings = { coolAfterDays: 30 }

@description('Scale and memory of the app.')
param scale scaleSettings = {
  instanceMemoryMB: 2048
  maximumInstanceCount: 100
  httpPerInstanceConcurrency: 16
}

@description('What a deployment does to requests in progress: RollingUpdate lets them finish, Recreate cuts them off and is faster.')
param deploymentStrategy updateStrategy = 'RollingUpdate'

@description('What an upload may be. 1 GiB is what a line of 37 Mbit/s sends in the 230 seconds that the public front end gives a request.')
param upload uploadSettings = {
  maxBodyBytes: 1073741824
  blockBytes: 1048576
  blocksInFlight: 4
  peekWindowBytes: 8192
}

@description('More settings of Sluice, for instance relay targets and rules. No secrets.')
param settings stringMap = {}

@description('Settings whose values are secrets of the vault: name of the setting, name of the secret.')
param vaultSettings stringMap = {}

@description('True: storage and vault can be reached through private endpoints only, and the app is on that network.')
param privateNetworking bool = false

@description('Address space of that network, at least a /24.')
param networkAddressPrefix string = '10.42.0.0/24'

@description('Days that logs are kept.')
param logRetentionDays int = 30

@description('Action group that alerts notify. Empty: nobody.')
param actionGroupId string = ''

var names = namesOf(environmentName, take(uniqueString(subscription().id, environmentName, location), 6))
var tags = { 'azd-env-name': environmentName, application: 'sluice' }
var packageContainerName = 'app-package'

// Where nobody gets events, the trigger that delivers them would poll for nothing.
var sendsEvents = usesEventQueue(union(settings, vaultSettings))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-sluice-${environmentName}'
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

module hostStorage 'modules/storage.bicep' = {
  scope: group
  dependsOn: [base]
  params: {
    name: names.hostStorage
    location: location
    tags: tags
    skuName: 'Standard_LRS'
    containerNames: [packageContainerName]
    privateNetworking: privateNetworking
    retention: {}
    temporaryPrefixes: []
    workspaceName: names.workspace
    actionGroupId: actionGroupId
  }
}

module network 'modules/network.bicep' = if (privateNetworking) {
  scope: group
  dependsOn: [base, hostStorage]
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
    storageAccountNames: [names.hostStorage, names.contentStorage]
    vaultName: names.vault
    workspaceName: names.workspace
  }
}

module access 'modules/access.bicep' = {
  scope: group
  dependsOn: [base, hostStorage]
  params: {
    identityName: names.identity
    contentStorageName: names.contentStorage
    containerNames: containerNames
    vaultName: names.vault
    insightsName: names.insights
    hostStorageName: names.hostStorage
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

module functionApp 'modules/functionapp.bicep' = {
  scope: group
  dependsOn: [access, network]
  params: {
    names: names
    location: location
    tags: tags
    packageContainerName: packageContainerName
    containerNames: containerNames
    scale: scale
    deploymentStrategy: deploymentStrategy
    upload: upload
    settings: settings
    vaultSettings: vaultSettings
    sendsEvents: sendsEvents
    privateNetworking: privateNetworking
    actionGroupId: actionGroupId
  }
}

@description('Resource group, for azd.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output AZURE_FUNCTION_NAME string = names.functionApp

@description('Name of the key vault, to put secrets into.')
output AZURE_KEY_VAULT_NAME string = names.vault

@description('Where Sluice is.')
output SLUICE_URL string = 'https://${functionApp.outputs.hostName}'
