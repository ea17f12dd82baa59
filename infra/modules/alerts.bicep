metadata description = 'Alerts on metrics, by rule.'

import { metricRule, stringMap } from '../definitions/types.bicep'

@description('First part of the names.')
param prefix string

@description('Tags for every resource.')
param tags stringMap

@description('Action group to notify. Empty: alerts fire, and nobody is told.')
param actionGroupId string

@description('The rules.')
param rules metricRule[]

resource metricAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for rule in rules: {
    name: '${prefix}-${rule.name}'
    location: 'global'
    tags: tags
    properties: {
      description: rule.description
      enabled: true
      severity: 2
      scopes: [rule.resourceId]
      evaluationFrequency: 'PT1M'
      windowSize: 'PT5M'
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: rule.name
            metricName: rule.metric
            operator: rule.operator
            timeAggregation: rule.aggregation
            threshold: rule.threshold
            dimensions: map(items(rule.?dimensions ?? {}), dimension => {
              name: dimension.key
              operator: 'Include'
              values: [dimension.value]
            })
          }
        ]
      }
      actions: empty(actionGroupId) ? [] : [{ actionGroupId: actionGroupId }]
    }
  }
]
