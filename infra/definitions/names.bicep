metadata description = 'What the resources are called. Names are passed on instead of outputs, so that a snapshot shows them resolved.'

@export()
@description('Names of the resources of one environment.')
type resourceNames = {
  @description('Identity that the app runs as.')
  identity: string
  @description('Storage account of the Functions host.')
  hostStorage: string
  @description('Storage account of the stored bodies.')
  contentStorage: string
  @description('Key vault.')
  vault: string
  @description('Log Analytics workspace.')
  workspace: string
  @description('Application Insights component.')
  insights: string
  @description('Virtual network.')
  network: string
  @description('Function app.')
  functionApp: string
  @description('Container Apps environment.')
  containerEnvironment: string
  @description('Container app.')
  containerApp: string
  @description('Container registry.')
  registry: string
}

// The longest allowed are 24 characters for accounts and vaults: 6 + 12 (environment) + 6 (unique).
@export()
@description('Names for an environment of at most 12 characters and a unique suffix of 6.')
func namesOf(environmentName string, suffix string) resourceNames => {
  identity: 'id-sluice-${environmentName}-${suffix}'
  hostStorage: toLower('sthost${replace(environmentName, '-', '')}${suffix}')
  contentStorage: toLower('stdata${replace(environmentName, '-', '')}${suffix}')
  vault: 'kv-${environmentName}-${suffix}'
  workspace: 'log-sluice-${environmentName}-${suffix}'
  insights: 'appi-sluice-${environmentName}-${suffix}'
  network: 'vnet-sluice-${environmentName}-${suffix}'
  functionApp: 'func-sluice-${environmentName}-${suffix}'
  containerEnvironment: 'cae-sluice-${environmentName}-${suffix}'
  containerApp: toLower('ca-sluice-${environmentName}-${suffix}')
  registry: toLower('crsluice${replace(environmentName, '-', '')}${suffix}')
}
