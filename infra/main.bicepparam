using 'main.bicep'

// What azd asks for, and what `azd env set` can change. Everything else keeps the defaults of main.bicep.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param privateNetworking = bool(readEnvironmentVariable('SLUICE_PRIVATE_NETWORKING', 'false'))
param actionGroupId = readEnvironmentVariable('SLUICE_ACTION_GROUP_ID', '')
