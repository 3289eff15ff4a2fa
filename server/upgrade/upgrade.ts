// Brings what rests to the form of this release, once the keys are open: what a schema step cannot do. Each part can be run again from
// anywhere, so that a start which was killed goes on at the next one. Which parts are done is written down, encrypted, in the data itself.
import type { EpochDerivation } from '#server/log/derived-keys.ts'
import type { DueCipher } from '#server/storage/due-cipher.ts'
import type { RecordStore, Storage } from '#server/storage/ports.ts'
import type { RecordCipher } from '#server/storage/record-cipher.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { scheduleEndings } from './due-steps.ts'
import { beginEpoch, readDerivations } from './epochs.ts'
import { encryptRecordsAnew } from './records.ts'

export interface UpgradeDeps {
  /** As it rests. */
  readonly storage: Storage
  /** Decrypted; reads both forms meanwhile. */
  readonly records: RecordStore
  readonly recordCipher: RecordCipher
  readonly dueCipher: DueCipher
  readonly clock: Clock
  /** Nothing was stored here before. */
  readonly isNew: boolean
}

interface Part {
  /** Never changed: it is what is written down. */
  readonly name: string
  readonly run: (deps: UpgradeDeps) => Promise<void>
}

/** In the order in which they are run. */
const PARTS: readonly Part[] = [
  { name: 'epoch', run: beginEpoch },
  { name: 'records', run: encryptRecordsAnew },
  { name: 'due steps', run: scheduleEndings },
]

interface Done {
  readonly parts: readonly string[]
}

interface Upgraded {
  readonly epoch: number
  readonly derivations: readonly EpochDerivation[]
  /** To be called once the checkpoint is there: what is done needs no looking for. */
  readonly writeDown: () => Promise<void>
}

export async function upgrade(deps: UpgradeDeps): Promise<Upgraded> {
  const { records, storage } = deps
  const stored = await records.get<Done>('installation', 'upgrade')
  const done = new Set(stored?.value.parts)
  const missing = PARTS.filter(({ name }) => !done.has(name))
  for (const { run } of missing) await run(deps)
  const derivations = await readDerivations(records)
  const epoch = await storage.records.get<{ epoch: number }>('installation', 'epoch')
  if (!derivations || !epoch) throw new Error('an installation without epochs') // made above, or long ago
  const parts = [...done, ...missing.map(({ name }) => name)]
  const writeDown = async () => {
    if (missing.length === 0) return
    if (stored) await records.replace('installation', 'upgrade', stored.version, { parts })
    else await records.insert('installation', 'upgrade', { parts })
  }
  return { epoch: epoch.value.epoch, derivations, writeDown }
}

/** Whether this data has been of today's form before, so that a checkpoint must be there. */
export async function isUpgraded(records: Pick<RecordStore, 'get'>): Promise<boolean> {
  return (await records.get('installation', 'upgrade')) !== undefined
}
