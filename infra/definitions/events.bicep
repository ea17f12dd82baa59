metadata description = 'Where the settings decide about the queue of events.'

import { stringMap } from 'types.bicep'

@export()
@description('Whether these app settings use the queue of events: somebody gets events, or stored bodies later.')
func usesEventQueue(settings stringMap) bool =>
  contains(string(settings), 'Sluice__Events__Destinations__') || contains(string(settings), '__PassOn__') || contains(
    string(settings),
    'BlobFirstWithRetries'
  )
