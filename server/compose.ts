// The composition root: builds the parts, starts the capabilities over them, and wires both to HTTP, sockets and time. It decides nothing.
import type { Server as HttpServer } from 'node:http'
import { type CasesApi, cases } from '#server/cases/capability.ts'
import { type Config, isShared } from '#server/config/config.ts'
import type { Due } from '#server/due/due.ts'
import { createHttpApp } from '#server/http/create-http-app.ts'
import { createHealth } from '#server/http/health.ts'
import { createHttpServer } from '#server/http/http-server.ts'
import type { Log } from '#server/http/log.ts'
import { oneAtATime } from '#server/http/one-at-a-time.ts'
import { type IdentityApi, identity } from '#server/identity/capability.ts'
import { within } from '#server/kernel/within.ts'
import { makeDestroyContents } from '#server/log/body-contents.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { bodyStoresOf, makeForgetting } from '#server/log/forgetting.ts'
import type { SocketServer } from '#server/realtime/socket-server.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { SERVER_CAPABILITIES } from './catalogue.ts'
import { closeParts, STORAGE_MS } from './close-parts.ts'
import { composeParts } from './compose-parts.ts'
import type { Installation } from './installation.ts'
import { runRegularly } from './run-regularly.ts'
import { type Started, startCapabilities } from './start-capabilities.ts'
import type { System } from './system.ts'

/** How soon what another server has stored is seen here, at the latest; and how soon an ended session's connection ends. */
const FOLLOW_MS = 2_000
const RECHECK_MS = 15_000
/** What of the newest may be rolled back unnoticed, at the most. */
const CHECKPOINT_MS = 10_000
/** What was committed within this time before a kill is compared with the projections at the next start. */
const POSITIONS_MS = 10_000
/** A file that was begun so long ago, and is not finished, was abandoned; looked for as often as this. */
const ABANDONED_MS = 24 * 3_600_000
const LOOK_FOR_ABANDONED_MS = 3_600_000
/** When what another server was killed over is in the projections, at the latest. */
const CATCH_UP_MS = 10 * 60_000

export interface Platform extends Pick<CasesApi, 'openCase'> {
  readonly http: HttpServer
  readonly log: CaseLog
  readonly identity: IdentityApi
  /** Encrypted at rest. */
  readonly records: RecordStore
  readonly sockets: SocketServer
  readonly due: Due
  /** Listens and answers the address that people type. */
  listen(): Promise<string>
  close(): Promise<void>
}

interface ComposeDeps {
  readonly config: Config
  readonly installation: Installation
  readonly system: System
  readonly journal: Log
  /** `dist/client`; undefined behind a development server. */
  readonly clientFolder: string | undefined
}

export function compose({ config, installation, system, journal, clientFolder }: ComposeDeps): Platform {
  const { checkpoints, storage } = installation
  const http = createHttpServer()
  const parts = composeParts({ config, installation, system, journal, http, started: () => started })
  const { log, keys, projections, sockets, subscribers, publicUrl, errors } = parts
  const started: Started = startCapabilities(SERVER_CAPABILITIES, parts)
  const forgetting = makeForgetting({
    ...system,
    log,
    stores: bodyStoresOf({
      log: storage.log,
      keys,
      projections,
      destroyContents: makeDestroyContents({ log: storage.log, keys, contents: started.contents }),
    }),
    onTrouble: errors.in('forgetting'),
  })
  subscribers.add(
    { name: 'checkpoints', committed: (committed) => checkpoints.changes.noteCommit(committed) },
    projections.subscriber,
    sockets.subscriber,
    ...started.subscribers,
    forgetting.subscriber,
  )
  const { authenticate, demandOwnCode, sessions, personOf } = started.use(identity)
  const healthy = createHealth({ ...system, probe: storage.probe })
  const serving = {
    routes: started.routes,
    authenticate,
    isLive: sessions.isLive,
    demandOwnCode,
    personOf,
    publicUrl,
    healthy,
    trustProxy: config.trustProxy,
    hasCalls: config.calls.on,
    clientFolder,
  }
  http.on('request', oneAtATime(createHttpApp({ ...system, ...serving, checkAnswers: false, log: journal })))
  async function readOthers(): Promise<void> {
    await Promise.all([...sockets.connectedCases().map(log.refresh), started.follow()])
  }
  projections.catchUp().catch(errors.in('projections'))
  parts.due.start(started.due)
  const stop = runRegularly(
    [
      { everyMs: RECHECK_MS, run: sockets.recheck },
      { everyMs: CHECKPOINT_MS, run: () => checkpoints.save() },
      { everyMs: POSITIONS_MS, run: projections.save },
      { everyMs: FOLLOW_MS, run: readOthers, ofSeveral: true },
      { everyMs: CATCH_UP_MS, run: projections.catchUp, ofSeveral: true },
      { everyMs: LOOK_FOR_ABANDONED_MS, run: () => storage.files.removeAbandoned(system.clock.now() - ABANDONED_MS) },
    ],
    { ...system, isShared: isShared(config.storage), onTrouble: errors.in('regular') },
  )

  return {
    http,
    log,
    records: installation.records,
    sockets,
    due: parts.due,
    identity: started.use(identity),
    openCase: started.use(cases).openCase,
    async listen() {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject)
        http.listen({ port: config.port, host: config.host, backlog: 4096 }, resolve)
      })
      return publicUrl()
    },
    async close() {
      stop()
      await closeParts(
        {
          sockets,
          'due steps': parts.due,
          capabilities: started,
          workers: parts.workers,
          forgetting,
          projections, // what is missing is compared at the next start
          checkpoint: { close: () => checkpoints.save() }, // where it fails the one before stands
        },
        { ...system, onTrouble: errors.in('closing') },
      )
      await within(storage.close(), STORAGE_MS, { ...system, name: 'closing the storage' })
    },
  }
}
