// The parts that every capability works with: storage and keys, the log, sockets, workers.
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { actorOf } from '#server/cases/actor-of.ts'
import type { Config } from '#server/config/config.ts'
import { type Due, makeDue } from '#server/due/due.ts'
import { addressOf } from '#server/http/address.ts'
import { createLimits } from '#server/http/limits.ts'
import { errorForLog, type Log } from '#server/http/log.ts'
import { isOwnOrigin } from '#server/http/origin.ts'
import { identity } from '#server/identity/capability.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import { makeProjections, type Projections } from '#server/log/projections.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import { makeSubscribers, type Subscribers } from '#server/log/subscribers.ts'
import { makeSocketServer, type SocketServer } from '#server/realtime/socket-server.ts'
import { presenceRules } from '#server/rooms/presence-rules.ts'
import { watchDrafts } from '#server/storage/checkpoint/watch-drafts.ts'
import { encryptProjections } from '#server/storage/encrypted-projections.ts'
import { unlessClosing } from '#server/workers/task.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { isTimed } from '#shared/rooms/room-state.ts'
import type { Parts } from './capability.ts'
import { SERVER_PROJECTIONS } from './catalogue.ts'
import { composeLog } from './compose-log.ts'
import type { Installation } from './installation.ts'
import { openWorkers } from './open-workers.ts'
import type { Started } from './start-capabilities.ts'
import type { System } from './system.ts'

export interface PartsDeps {
  readonly config: Config
  readonly installation: Installation
  readonly system: System
  readonly journal: Log
  readonly http: HttpServer
  /** What runs on these parts; asked for only once it does. */
  readonly started: () => Started
}

export interface ComposedParts extends Omit<Parts, 'use'> {
  readonly sockets: SocketServer
  readonly projections: Projections
  readonly subscribers: Subscribers
  readonly due: Due
}

export function composeParts(deps: PartsDeps): ComposedParts {
  const { config, installation, system, journal, http, started } = deps
  const { secrets, epoch, authority, sealing, records, checkpoints } = installation
  const { clock, stopwatch, entropy, timers } = system
  const storage = {
    ...installation.storage,
    records,
    drafts: watchDrafts(installation.storage.drafts, checkpoints.changes),
    projections: encryptProjections(installation.storage.projections, {
      keys: installation.storage.keys,
      masterKey: secrets.masterKey,
      entropy,
    }),
  }
  const publicUrl = () => config.publicUrl ?? `http://localhost:${(http.address() as AddressInfo | null)?.port ?? config.port}`
  const errors = {
    unknown(cause: unknown) {
      const id = base64url(entropy.bytes(9, 'error'))
      journal.error({ id, error: errorForLog(cause) }, 'unexpected')
      return id
    },
  }
  const subscribers = makeSubscribers({ onTrouble: (cause) => void errors.unknown(cause) })
  const hasPast = async (caseId: CaseId, audience: Audience) => (await storage.log.readAudience(caseId, audience, 0, 1)).length > 0
  const keys = makeAudienceKeys({
    keys: storage.keys,
    masterKey: secrets.masterKey,
    entropy,
    hasPast,
    derivationOf: installation.derivationOf,
  })
  const { log, readers } = composeLog({
    ...system,
    log: storage.log,
    keys,
    epoch,
    quota: scaledQuota(QUOTA, config.quotaTimes),
    subscribers,
    facts: (rule, question) => started().facts(rule, question),
    inUse: (caseId) => sockets.anybodyIn(caseId),
    onFork: (caseId) => journal.error({ case: caseId }, 'a device holds another history of a conversation'),
    onUnstorable: (caseId, command) => journal.error({ case: caseId, command }, 'a command was refused because no database can keep it'),
  })
  const projections = makeProjections({
    projections: SERVER_PROJECTIONS,
    store: storage.projections,
    records,
    log,
    stored: storage.log,
    clock,
    timers,
    isAlone: config.storage.kind === 'sqlite',
    onTrouble: (cause) => void errors.unknown(cause),
  })
  const sockets: SocketServer = makeSocketServer({
    ...system,
    http,
    log,
    readers,
    errors,
    timed: isTimed,
    presenceRules: presenceRules(clock),
    // A page of another site cannot send its socket's first request without naming itself.
    allowRequest: (request) => request.headers.origin === undefined || isOwnOrigin(request.headers.origin, publicUrl()),
    addressOf: addressOf(config.trustProxy),
    authenticate: (token, caseId) => started().use(identity).authenticateInCase(token, caseId),
    actorOf,
    lanes: () => started().lanes,
  })
  const workers = openWorkers({ timers })
  const steady = steadyClock(clock, stopwatch)
  const onTrouble = unlessClosing((cause) => void errors.unknown(cause))
  return {
    ...system,
    config,
    secrets,
    epoch,
    authority,
    sealing,
    storage,
    keys,
    log,
    readers,
    projections,
    sockets,
    subscribers,
    workers,
    steady,
    due: makeDue({ ...system, store: storage.due, recordsKey: installation.recordsKey, clock: steady, onTrouble }),
    publicUrl,
    limits: createLimits({ stopwatch }),
    errors,
    onTrouble,
    newStep: () => asId<CommandId>(base64url(entropy.bytes(16, 'step'))),
  }
}
