metadata description = 'The types of the parameters.'

@export()
@description('How the function app scales, and how much memory one instance has.')
type scaleSettings = {
  @description('Memory of an instance, in MB.')
  instanceMemoryMB: 512 | 2048 | 4096

  @description('Upper bound of the scale-out.')
  @minValue(1)
  @maxValue(1000)
  maximumInstanceCount: int

  @description('Requests that an instance takes at once before the platform adds another one. This is the knob for memory.')
  @minValue(1)
  @maxValue(1000)
  httpPerInstanceConcurrency: int

  @description('Instances that always run for HTTP requests, and are billed. Without it: 0, and the first request waits for a start.')
  @minValue(0)
  @maxValue(1000)
  alwaysReadyInstances: int?
}

@export()
@description('What a deployment does to the instances of the function app: it ends all at once, or lets each finish its requests first.')
type updateStrategy = 'Recreate' | 'RollingUpdate'

@export()
@description('How the container app scales, and how much memory one replica has. It has half a core for each GiB.')
type replicaSettings = {
  @description('Memory of a replica, in MB.')
  replicaMemoryMB: 512 | 1024 | 2048 | 4096

  @description('Replicas that always run. 0 scales to zero: the first request then waits for a start.')
  @minValue(0)
  @maxValue(300)
  minReplicas: int

  @description('Upper bound of the scale-out.')
  @minValue(1)
  @maxValue(300)
  maxReplicas: int

  @description('Requests that a replica takes at once before the platform adds another one. This is the knob for memory.')
  @minValue(1)
  @maxValue(1000)
  httpPerReplicaConcurrency: int
}

@export()
@description('What an upload may be, and what it costs: peek window + (blocks in flight + 1) x block size.')
type uploadSettings = {
  @description('Largest body, in bytes.')
  @minValue(1)
  maxBodyBytes: int

  @description('Size of a block, in bytes; a whole number of 64 KiB.')
  @minValue(65536)
  @maxValue(104857600)
  blockBytes: int

  @description('Blocks of one upload that are on their way to storage at once.')
  @minValue(1)
  @maxValue(64)
  blocksInFlight: int

  @description('How far is peeked, in bytes.')
  @minValue(512)
  @maxValue(65536)
  peekWindowBytes: int
}

@export()
@description('Ages of stored bodies, in days since they were written, at which they change tier or disappear. Without a value: never.')
type retentionSettings = {
  @description('Days until a blob moves to the cool tier.')
  @minValue(1)
  coolAfterDays: int?

  @description('Days until a blob is deleted.')
  @minValue(1)
  deleteAfterDays: int?
}

@export()
@description('Redundancy of a storage account.')
type redundancy = 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS'

@export()
@description('Names and values, all text: tags, app settings.')
type stringMap = {
  @description('Any name.')
  *: string
}

@export()
@description('A threshold on a metric of a resource.')
type metricRule = {
  @description('Last part of the name of the alert.')
  name: string

  @description('What it means, for whoever is woken up.')
  description: string

  @description('Resource to watch.')
  resourceId: string

  @description('Name of the metric in the REST API.')
  metric: string

  @description('How the values of five minutes become one.')
  aggregation: 'Average' | 'Maximum' | 'Total'

  @description('Which side of the threshold is wrong.')
  operator: 'GreaterThan' | 'LessThan'

  @description('The threshold, in the unit of the metric.')
  threshold: int

  @description('Values of dimensions to count only. Without it: all.')
  dimensions: stringMap?
}
