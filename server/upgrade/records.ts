// Records of before 2.2 are bound to their place alone; from here on also to their version, their keys and their stamp.
import { isPlain, REMOVED, restingRecords } from '#server/storage/checkpoint/record-set.ts'
import { stampText } from '#server/storage/checkpoint/stamp.ts'
import { encryptedValue } from '#server/storage/record-cipher.ts'
import type { UpgradeDeps } from './upgrade.ts'

/** Before there was any checkpoint: the first one takes all of them in. */
const STAMP = stampText({ epoch: 0, server: 0, window: 0 })

export async function encryptRecordsAnew({ storage: { inspection }, recordCipher }: UpgradeDeps): Promise<void> {
  for await (const record of restingRecords(inspection)) {
    const { collection, id, version, value, unique, index } = record
    if (isPlain(record) || collection === REMOVED || encryptedValue(value).stamp !== undefined) continue
    const plain = recordCipher.decrypt({ collection, id, version }, value)
    // Not done: another server has rewritten it, in the new form, as all do by now.
    await inspection.rewriteRecord(record, recordCipher.encrypt({ collection, id, version: version + 1 }, plain, { unique, index }, STAMP))
  }
}
