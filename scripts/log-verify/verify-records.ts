// Records as they rest: each opens at its place and version, and is found by the keys that it was written with.
import { isPlain, restingRecords } from '#server/storage/checkpoint/record-set.ts'
import type { RestingRecord, StorageInspection } from '#server/storage/ports.ts'
import { encryptedValue, lookupsDigest, type RecordCipher } from '#server/storage/record-cipher.ts'

export async function verifyRecords(
  inspection: Pick<StorageInspection, 'records'>,
  cipher: RecordCipher,
): Promise<{ readonly count: number; readonly faults: readonly string[] }> {
  const faults: string[] = []
  let count = 0
  for await (const record of restingRecords(inspection)) {
    count++
    const fault = isPlain(record) ? plainFault(record) : encryptedFault(cipher, record)
    if (fault !== undefined) faults.push(`record ${record.collection}/${record.id}: ${fault}`)
  }
  return { count, faults }
}

function encryptedFault(cipher: RecordCipher, { collection, id, version, value, unique, index }: RestingRecord): string | undefined {
  try {
    cipher.decrypt({ collection, id, version }, value)
    return encryptedValue(value).keys === lookupsDigest({ unique, index }) ? undefined : 'the keys it is found by were changed'
  } catch {
    return 'changed' // not what was written at this place and version
  }
}

/** The epoch is compared with the checkpoint's; what version the data has is checked when it is opened. */
function plainFault({ id, value, unique, index }: RestingRecord): string | undefined {
  const entries = Object.entries(value ?? {})
  const isAsWritten = entries.length === 1 && entries[0]?.[0] === id && Number.isSafeInteger(entries[0][1])
  return isAsWritten && Object.keys({ ...unique, ...index }).length === 0 ? undefined : 'changed'
}
