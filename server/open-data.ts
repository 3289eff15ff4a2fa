// Opens what is stored, once its keys are: as new as it was written down to be, in this release's form, and watched from then on.
import { type DerivationOf, derivationsBy } from '#server/log/derived-keys.ts'
import { type Checkpoints, openCheckpoints } from '#server/storage/checkpoint/checkpoints.ts'
import { dueCipher } from '#server/storage/due-cipher.ts'
import { encryptRecords } from '#server/storage/encrypted-records.ts'
import { unusableStorage } from '#server/storage/failure.ts'
import type { RecordStore, Storage } from '#server/storage/ports.ts'
import { openRecordsKey, recordCipher } from '#server/storage/record-cipher.ts'
import { isUpgraded, upgrade } from '#server/upgrade/upgrade.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'

export interface OpenData {
  /** Decrypted. */
  readonly records: RecordStore
  readonly checkpoints: Checkpoints
  readonly epoch: number
  readonly derivationOf: DerivationOf
  /** Records rest by it, and due steps. */
  readonly recordsKey: Uint8Array
}

interface DataDeps {
  readonly storage: Storage
  readonly masterKey: Uint8Array
  readonly clock: Clock
  readonly entropy: Entropy
  /** No other server can be running on this storage. */
  readonly isAlone: boolean
  /** Nothing was stored here before. */
  readonly isNew: boolean
}

interface DataToOpen {
  readonly records: RecordStore
  /** Throws when it is older than it should be; writes nothing. */
  readonly demandAsNew: () => Promise<void>
  readonly goOn: () => Promise<OpenData>
}

export async function openData(deps: DataDeps): Promise<DataToOpen> {
  const { storage, masterKey, entropy, clock, isNew } = deps
  const checkpoints = await openCheckpoints(deps)
  let isUpgrading = !checkpoints.isKnown
  const making = { keys: storage.keys, masterKey, entropy }
  const acceptsOldForm = () => isUpgrading
  const records = encryptRecords(storage.records, { ...making, watch: checkpoints.changes, acceptsOldForm })

  async function goOn(): Promise<OpenData> {
    const recordsKey = await openRecordsKey(making)
    const cipher = recordCipher(recordsKey, entropy, acceptsOldForm)
    const { epoch, derivations, writeDown } = await upgrade({
      ...{ storage, records, clock, isNew },
      recordCipher: cipher,
      dueCipher: dueCipher(recordsKey, entropy),
    })
    isUpgrading = false
    await checkpoints.begin(epoch)
    await writeDown()
    return { records, checkpoints, epoch, derivationOf: derivationsBy(derivations), recordsKey }
  }
  return { records, demandAsNew: () => demandAsNew(storage, records, checkpoints), goOn }
}

const WAY_OUT =
  'restore a backup (npm run restore -- FILE), or, if you know why it is so, take the data as it is: npm run restore -- --as-it-is'
/** Named in the line; the rest is counted. */
const NAMED = 3

async function demandAsNew(storage: Storage, records: RecordStore, checkpoints: Checkpoints): Promise<void> {
  const epoch = (await storage.records.get<{ epoch: number }>('installation', 'epoch'))?.value.epoch
  const { restoredEpoch, isKnown } = checkpoints
  if (restoredEpoch !== undefined) {
    if (epoch === restoredEpoch) return
    throw unusableStorage(`the data is not what was restored last (epoch ${epoch ?? 'missing'}, not ${restoredEpoch}): ${WAY_OUT}`)
  }
  if (!isKnown) {
    if (!(await isUpgraded(records))) return
    throw unusableStorage(`the checkpoint beside the keys is missing, so nobody can tell whether the data is the newest: ${WAY_OUT}`)
  }
  const { at, faults } = await checkpoints.check(epoch)
  if (faults.length === 0) return
  const named = faults.slice(0, NAMED).join('; ')
  const more = faults.length > NAMED ? `; and ${faults.length - NAMED} more` : ''
  const when = new Date(at).toISOString().slice(0, 19).replace('T', ' ')
  throw unusableStorage(`the data is older than at its last checkpoint (${when} UTC), or was changed: ${named}${more}: ${WAY_OUT}`)
}
