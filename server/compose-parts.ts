// The parts that every capability works with: storage and keys, the log, sockets, workers.
import type { Server as HttpServer } from 'node:http'
import { actorOf } from '#server/cases/actor-of.ts'
import { type Config, isShared } from '#server/config/config.ts'
import { type Due, makeDue } from '#server/due/due.ts'
import { addressOf } from '#server/http/address.ts'
import { type ErrorLog, makeErrorLog } from '#server/http/error-log.ts'
import { createLimits } from '#server/http/limits.ts'
import type { Log } from '#server/http/log.ts'
import { mayOpenSocket } from '#server/http/origin.ts'
import { publicUrlOf } from '#server/http/public-url.ts'
import { identity } from '#server/identity/capability.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import { makeProjections, type Projections } from '#server/log/projections.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import { newStepId } from '#server/log/step-id.ts'
import { makeSubscribers, type Subscribers } from '#server/log/subscribers.ts'
import { makeSocketServer, type SocketServer } from '#server/realtime/socket-server.ts'
import { presenceRules } from '#server/rooms/presence-rules.ts'
import { watchDrafts } from '#server/storage/checkpoint/watch-drafts.ts'
import { encryptProjections } from '#server/storage/encrypted-projections.ts'
import type { Storage } from '#server/storage/ports.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { isTimed } from '#shared/rooms/room-state.ts'
import type { Parts } from './capability.ts'
import { SERVER_PROJECTIONS } from './catalogue.ts'
import { composeLog } from './compose-log.ts'
import type { Installation } from './installation.ts'
import { openWorkers } from './open-workers.ts'
import type { Started } from './start-capabilities.ts'
import type { System } from './system.ts'

interface PartsDeps {
  readonly config: Config
  readonly installation: Installation
  readonly system: System
  readonly journal: Log
  readonly http: HttpServer
  /** What runs on these parts; asked for only once it does. */
  readonly started: () => Started
}

interface ComposedParts extends Omit<Parts, 'use' | 'onTrouble'> {
  readonly errors: ErrorLog
  readonly sockets: SocketServer
  readonly projections: Projections
  readonly subscribers: Subscribers
  readonly due: Due
}

export function composeParts(deps: PartsDeps): ComposedParts {
  const { config, installation, system, journal, http, started } = deps
  const { secrets, epoch, authority, sealing } = installation
  const { clock, stopwatch, entropy, timers } = system
  const storage = composeStorage(installation, entropy)
  const publicUrl = publicUrlOf(config, http)
  const errors = makeErrorLog({ log: journal, entropy })
  const subscribers = makeSubscribers({ onTrouble: (cause, subscriber) => errors.in(subscriber)(cause) })
  const keys = makeAudienceKeys({ ...storage, masterKey: secrets.masterKey, entropy, derivationOf: installation.derivationOf })
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
    records: storage.records,
    log,
    stored: storage.log,
    clock,
    timers,
    isAlone: !isShared(config.storage),
    onTrouble: errors.in('projections'),
  })
  const sockets: SocketServer = makeSocketServer({
    ...system,
    http,
    log,
    readers,
    errors,
    timed: isTimed,
    presenceRules: presenceRules(clock),
    allowRequest: (request) => mayOpenSocket(request.headers.origin, publicUrl()),
    addressOf: addressOf(config.trustProxy),
    authenticate: (token, caseId) => started().use(identity).authenticateInCase(token, caseId),
    demandOwnCode: (sessionId) => started().use(identity).demandOwnCode(sessionId),
    actorOf,
    lanes: () => started().lanes,
  })
  const workers = openWorkers({ timers })
  const steady = steadyClock(clock, stopwatch)
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
    due: makeDue({ ...system, store: storage.due, recordsKey: installation.recordsKey, clock: steady, onTrouble: errors.in('due') }),
    publicUrl,
    note: (facts, message) => journal.info(facts, message),
    limits: createLimits({ stopwatch }),
    errors,
    newStep: () => newStepId(entropy),
  }
}

/** What may be given out: records and projections encrypted, drafts watched by the checkpoint. */
export function composeStorage({ storage, records, checkpoints, secrets: { masterKey } }: Installation, entropy: Entropy): Storage {
  return {
    ...storage,
    records,
    drafts: watchDrafts(storage.drafts, checkpoints.changes),
    projections: encryptProjections(storage.projections, { keys: storage.keys, masterKey, entropy }),
  }
}
