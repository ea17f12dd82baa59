metadata description = 'A workbook that asks the five questions of docs/operations.md.'

import { stringMap } from '../definitions/types.bicep'

@description('Name of the Log Analytics workspace.')
param workspaceName string

@description('Azure region.')
param location string

@description('Tags for every resource.')
param tags stringMap

var workspaceType = 'microsoft.operationalinsights/workspaces'
var hourMs = 3600000

var questions = [
  { title: '1. Is it healthy?', query: loadTextContent('../dashboard/healthy.kql'), visualization: 'timechart' }
  { title: '2. What fails, and which party is at fault?', query: loadTextContent('../dashboard/failures.kql'), visualization: 'table' }
  { title: '3. Is it storage?', query: loadTextContent('../dashboard/storage.kql'), visualization: 'table' }
  { title: '4. Is it full?', query: loadTextContent('../dashboard/full.kql'), visualization: 'table' }
  {
    title: '5. Does the Functions host buffer?'
    query: loadTextContent('../dashboard/host-buffering.kql')
    visualization: 'timechart'
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: workspaceName
}

// The format of what the portal saves: https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json
var notebook = {
  version: 'Notebook/1.0'
  items: concat(
    [
      {
        type: 9
        name: 'period'
        content: {
          version: 'KqlParameterItem/1.0'
          style: 'pills'
          queryType: 0
          resourceType: workspaceType
          parameters: [
            {
              id: guid(workspace.id, 'period')
              version: 'KqlParameterItem/1.0'
              name: 'Period'
              type: 4
              isRequired: true
              value: { durationMs: hourMs }
              typeSettings: {
                selectableValues: map([1, 4, 24, 72, 168], hours => { durationMs: hours * hourMs })
                allowCustom: true
              }
            }
          ]
        }
      }
    ],
    map(questions, question => {
      type: 3
      name: question.title
      content: {
        version: 'KqlItem/1.0'
        title: question.title
        query: question.query
        size: 0
        timeContextFromParameter: 'Period'
        queryType: 0
        resourceType: workspaceType
        visualization: question.visualization
      }
    })
  )
  fallbackResourceIds: [workspace.id]
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  // The platform wants a GUID.
  name: guid(workspace.id, 'five questions')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Sluice: five questions'
    category: 'workbook'
    version: 'Notebook/1.0'
    sourceId: workspace.id
    serializedData: string(notebook)
  }
}
