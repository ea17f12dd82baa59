metadata description = 'The alert on events that nobody has taken.'

import { resourceNames } from '../definitions/names.bicep'
import { stringMap } from '../definitions/types.bicep'

@description('Names of the resources.')
param names resourceNames

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

@description('Action group to notify. Empty: the alert fires, and nobody is told.')
param actionGroupId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: names.workspace
}

// A metric of the app, so of the workspace: Azure Storage has none for the messages of one queue.
resource deadLetters 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'alert-${names.workspace}-dead-letters'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Sluice: events that could not be delivered'
    description: 'Events went to the dead-letter queue. docs/events.md says how to look at them, and how to deliver them again.'
    enabled: true
    severity: 2
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [
        {
          query: 'AppMetrics | where Name == "sluice.events.deliveries" and tostring(Properties["sluice.outcome"]) == "dead"'
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    // A new workspace has the table only after the first metric.
    skipQueryValidation: true
    actions: { actionGroups: empty(actionGroupId) ? [] : [actionGroupId] }
  }
}
