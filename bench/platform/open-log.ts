// The log of a data folder without a server around it, with its keys, records and projections: for preparing folders, and for measuring
// what a server does behind its sockets.
import { RULES, SERVER_PROJECTIONS } from '#server/catalogue.ts'
import { composeLog } from '#server/compose-log.ts'
import { composeStorage } from '#server/compose-parts.ts'
import { envToConfig } from '#server/config/config.ts'
import { type Installation, openInstallation } from '#server/installation.ts'
import { type AudienceKeys, makeAudienceKeys } from '#server/log/audience-keys.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { makeProjections, type Projections } from '#server/log/projections.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import { makeSubscribers, type Subscribers } from '#server/log/subscribers.ts'
import { realSystem, type System } from '#server/system.ts'

interface OpenLog {
  readonly system: System
  readonly installation: Installation
  readonly keys: AudienceKeys
  readonly log: CaseLog
  /** Told of nothing, so that lists are behind until `catchUp`, unless their subscriber is added. */
  readonly projections: Projections
  readonly subscribers: Pick<Subscribers, 'add'>
  /** With everything projected that was told of. */
  close(): Promise<void>
}

export async function openLog(folder: string): Promise<OpenLog> {
  const config = envToConfig({ DATA_FOLDER: folder, PORT: '0', LOG_LEVEL: 'error' })
  if (!config.ok) throw new Error(config.faults.join('; '))
  const system = realSystem()
  const installation = await openInstallation(config.value, system)
  const { secrets, epoch, derivationOf, checkpoints } = installation
  const { entropy } = system
  const storage = composeStorage(installation, entropy)
  const onTrouble = (cause: unknown) => {
    throw cause
  }
  const keys = makeAudienceKeys({ ...storage, masterKey: secrets.masterKey, entropy, derivationOf })
  const subscribers = makeSubscribers({ onTrouble })
  const { log } = composeLog({
    ...system,
    rules: RULES.filter((rule) => Object.keys(rule.facts).length === 0), // the others ask capabilities, which do not run here
    log: storage.log,
    keys,
    epoch,
    quota: scaledQuota(QUOTA, 1_000),
    subscribers,
    facts: async () => ({}),
  })
  const projections = makeProjections({
    ...system,
    projections: SERVER_PROJECTIONS,
    store: storage.projections,
    records: storage.records,
    log,
    stored: storage.log,
    isAlone: true,
    onTrouble,
  })
  subscribers.add({ name: 'checkpoints', committed: (committed) => checkpoints.changes.noteCommit(committed) })
  return {
    system,
    installation,
    keys,
    log,
    projections,
    subscribers,
    async close() {
      await projections.close()
      await checkpoints.save()
      await storage.close()
    },
  }
}
