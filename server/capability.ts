// A capability as one value on the server: what it adds to the log, and how its running part is started over the parts of the platform.
import type { Config } from '#server/config/config.ts'
import type { DueKind, DueTimes } from '#server/due/due.ts'
import type { Limits } from '#server/http/limits.ts'
import type { Log } from '#server/http/log.ts'
import type { AnyServed } from '#server/http/router.ts'
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { BodyContents } from '#server/log/body-contents.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Readers } from '#server/log/case-state.ts'
import type { FactProvider } from '#server/log/facts.ts'
import type { Projection } from '#server/log/projection.ts'
import type { ProjectionAccess } from '#server/log/projections.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { Lane, SocketServer } from '#server/realtime/socket-server.ts'
import type { Storage } from '#server/storage/ports.ts'
import type { WorkerPool } from '#server/workers/worker-pool.ts'
import type { CommandId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import type { Rule } from '#shared/log/decide.ts'
import type { Fold } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { Installation } from './installation.ts'
import type { System } from './system.ts'

/** What the platform gives to each capability. */
export interface Parts extends System, Pick<Installation, 'secrets' | 'authority' | 'sealing' | 'epoch'> {
  readonly config: Config
  /** Records are encrypted at rest. */
  readonly storage: Storage
  readonly keys: AudienceKeys
  readonly log: CaseLog
  readonly projections: ProjectionAccess
  readonly readers: Readers
  /** For what is good for some minutes: no jump of the clock moves it. */
  readonly steady: SteadyClock
  readonly publicUrl: () => string
  readonly limits: Limits
  /** For what is to be done at a time, also by another server or after a start. */
  readonly due: DueTimes
  readonly workers: WorkerPool
  readonly sockets: Pick<SocketServer, 'revoke' | 'turned'>
  /** Into the server's log, which carries kinds, ids and counts. */
  readonly note: Log['info']
  /** For work that goes on in the background, and may meet a server that is closing. */
  readonly onTrouble: (cause: unknown) => void
  /** For a step that nothing else names. */
  readonly newStep: () => CommandId
  /** What a capability to the left offers. */
  use<Api>(capability: ServerCapability<Api>): Api
}

export interface Running<Api = unknown> {
  /** For capabilities to the right. */
  readonly api: Api
  readonly subscribers?: readonly Subscriber[]
  readonly facts?: readonly FactProvider[]
  readonly routes?: readonly AnyServed[]
  readonly lanes?: readonly Lane[]
  readonly due?: readonly DueKind[]
  /** What goes with the bodies of its events when they are taken away. */
  readonly contents?: readonly BodyContents[]
  /** Reads what other servers have stored: where several work on one storage, that is every two seconds. */
  readonly follow?: () => Promise<unknown>
  readonly close?: () => Promise<void> | void
}

export interface ServerCapability<Api = unknown> {
  readonly name: string
  readonly rules: readonly Rule[]
  /** What the server alone reads. */
  readonly events: readonly EventDefinition[]
  readonly folds: readonly Fold[]
  readonly projections: readonly Projection[]
  readonly start: (parts: Parts) => Running<Api>
}

// biome-ignore lint/suspicious/noExplicitAny: each fold has a state of its own, which nobody reads but by the fold itself
type AnyFold = Fold<any>

interface Definition<Api> {
  readonly name: string
  readonly rules?: readonly Rule[]
  readonly events?: readonly EventDefinition[]
  readonly folds?: readonly AnyFold[]
  readonly projections?: readonly Projection[]
  readonly start?: (parts: Parts) => Running<Api>
}

const startsNothing = () => ({ api: undefined })

export function serverCapability<Api = undefined>({
  name,
  rules = [],
  events = [],
  folds = [],
  projections = [],
  start = startsNothing as () => Running<Api>, // an API is given by whoever starts something
}: Definition<Api>): ServerCapability<Api> {
  return { name, rules, events, folds, projections, start }
}
