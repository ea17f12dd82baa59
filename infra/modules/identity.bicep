metadata description = 'The one identity the app runs as. User-assigned, so that its roles exist before the app does.'

import { stringMap } from '../definitions/types.bicep'

@description('Name of the identity.')
param name string

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}
