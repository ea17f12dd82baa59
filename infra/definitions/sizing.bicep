metadata description = 'What follows from the parameters: every limit and every amount of memory is derived here, once.'

import { stringMap, uploadSettings } from 'types.bicep'

@export()
@description('The block pool: every upload that an instance takes at once may have all its blocks.')
func memoryBudgetBytes(concurrency int, upload uploadSettings) int => concurrency * (upload.blocksInFlight + 1) * upload.blockBytes

// The host counts the framing of a chunked body too: 7 bytes for a chunk of 512, less than a 64th. Where its limit is reached the caller
// gets 500; ours answers with 413 and says why, so ours has to be the smaller one.
@export()
@description('Largest request that the Functions host lets through, in bytes.')
func hostBodyLimitBytes(upload uploadSettings) int => upload.maxBodyBytes + upload.maxBodyBytes / 64 + 65536

@export()
@description('Working set above which somebody should look, in bytes: four fifths of what there is.')
func memoryAlertBytes(memoryMB int) int => memoryMB * 1048576 / 5 * 4

@export()
@description('The settings of Sluice that both hosts have, without the endpoint of the storage account.')
func sluiceSettings(concurrency int, upload uploadSettings, containerNames string[]) stringMap => {
  Sluice__Blob__BlockBytes: string(upload.blockBytes)
  Sluice__Blob__BlocksInFlight: string(upload.blocksInFlight)
  Sluice__Body__MaxBytes: string(upload.maxBodyBytes)
  Sluice__Memory__BudgetBytes: string(memoryBudgetBytes(concurrency, upload))
  Sluice__Peek__WindowBytes: string(upload.peekWindowBytes)
  ...toObject(range(0, length(containerNames)), index => 'Sluice__Blob__Containers__${index}', index => containerNames[index])
}
