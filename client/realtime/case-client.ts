// One open case on this device: connection, store, outbox and what is kept, tied together and closed together.
import type { OwnCodeDemand } from '#client/http/own-code-demand.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { asId, type CaseId, type CommandId } from '#shared/kernel/ids.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { refusalFor } from '#shared/protocol/parse.ts'
import { type CommandAck, type CommandEnvelope, type Seen, WIRE } from '#shared/protocol/wire.ts'
import type { CaseStorage } from './case-storage.ts'
import { type CaseStore, type CaseStoreDeps, createCaseStore } from './case-store.ts'
import { type Connection, type ConnectionDeps, createConnection } from './connection.ts'
import { fetchOlderWords, type OlderWords } from './older-words.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createOwned, type Owned } from './owned.ts'
import { startSync } from './sync.ts'
import { createUnsentMarks, type UnsentMarks } from './unsent-marks.ts'

export interface CaseClient {
  readonly caseId: CaseId
  readonly connection: Connection
  readonly store: CaseStore
  readonly outbox: Outbox
  readonly olderWords: OlderWords
  readonly storage: CaseStorage | undefined
  /** What is unsent beside the outbox. */
  readonly unsent: UnsentMarks
  readonly clock: Clock
  readonly timers: Timers
  /** The server's clock, as well as this device knows it. Milliseconds since 1970. */
  now(): number
  /** Asks until there is an answer, through every interruption; the answer may be a refusal. What cannot pass is refused here already. */
  act<Input>(definition: CommandDefinition<WireName, Input>, input: Input): Promise<CommandAck>
  /** Asked once, beside the outbox, and kept nowhere; undefined where no answer came. For what nobody waits for. */
  tell<Input>(definition: CommandDefinition<WireName, Input>, input: Input): Promise<CommandAck | undefined>
  /** Queued in the audience's order, with what its person has seen of that audience. */
  put<Input>(definition: CommandDefinition<WireName, Input>, audience: Audience, input: (id: CommandId) => Input, seen?: Seen): CommandId
  /** What a capability keeps as long as this case is open here; made on first wish. */
  owned<T extends Owned>(make: (client: CaseClient) => T): T
  /** The device woke up, or says that it has a connection again. */
  awake(): void
  /** The device says that it has no connection. */
  offline(): void
  /** Forgets everything of this case here. */
  wipe(): void
  close(): void
}

interface CaseClientDeps
  extends ConnectionDeps,
    Pick<CaseStoreDeps, 'folds' | 'events' | 'fetchLater' | 'reads' | 'wordsAfter' | 'digest'> {
  readonly clock: Clock
  readonly storage: CaseStorage | undefined
  readonly ownCode?: Pick<OwnCodeDemand, 'typed'> | undefined
}

const REMEMBER_AFTER = 1_500

export function openCase(deps: CaseClientDeps): CaseClient {
  const { caseId, clock, timers, entropy, storage } = deps
  const connection = createConnection(deps)
  const store = createCaseStore({ ...deps, remembered: storage?.heads() ?? [] })
  const now = () => clock.now() + store.snapshot().ahead
  const outbox = createOutbox({ connection, storage: storage?.outbox, clock: { now }, timers, entropy })
  const sync = startSync({ connection, store, clock, timers })
  const owned = createOwned<CaseClient>()
  const olderWords = fetchOlderWords({ connection, store, timers })
  let cancelRemember: (() => void) | undefined

  /** Only what fits, and only once every hash was computed. */
  async function remember(to: CaseStorage) {
    await store.verified()
    const heads = store.linkedHeads()
    if (heads.length > 0 && store.snapshot().integrity.kind === 'whole') to.rememberHeads(heads)
  }

  const stops = [
    store.subscribe(() => {
      const { audiences, integrity } = store.snapshot()
      outbox.settle((audience) => audiences.get(audience)?.seq ?? Number.POSITIVE_INFINITY)
      if (!storage || integrity.kind !== 'whole' || cancelRemember) return
      cancelRemember = timers.after(REMEMBER_AFTER, () => {
        cancelRemember = undefined
        void remember(storage)
      })
    }),
    connection.subscribe(() => {
      if (connection.state().kind === 'live') outbox.wake()
    }),
    outbox.subscribe(() => {
      if (outbox.entries().some(({ state }) => state.kind === 'stored')) {
        const { audiences } = store.snapshot()
        outbox.settle((audience) => audiences.get(audience)?.seq ?? Number.POSITIVE_INFINITY)
      }
    }),
  ]

  const client: CaseClient = {
    caseId,
    connection,
    store,
    outbox,
    olderWords,
    storage,
    unsent: createUnsentMarks(timers),
    clock,
    timers,
    now,
    async act(definition, input) {
      const problem = refusalFor(definition.input, input)
      if (problem) return { ok: false, problem }
      const ask = () => outbox.ask({ definition: definition as CommandDefinition, input: () => input }) // a list of many inputs
      const ack = await ask()
      if (!ack.ok && (await deps.ownCode?.typed(ack.problem))) return ask()
      // whoever goes on from here reads what they have just done
      const reading = sync.reading()
      if (reading) await reading
      return ack
    },
    async tell({ name }, input) {
      const envelope: CommandEnvelope = { id: asId(base64url(entropy.bytes(16, 'command'))), name, input }
      return connection.ask<CommandAck>(WIRE.command, envelope).catch(() => undefined)
    },
    put: (definition, audience, input, seen = store.seen(audience)) =>
      outbox.put({ definition: definition as CommandDefinition, input, audience, seen, keep: true }), // as above
    owned: (make) => owned.get(make, client),
    awake() {
      connection.nudge()
      sync.check()
    },
    offline: () => connection.deviceOffline(),
    wipe() {
      owned.wipe()
      cancelRemember?.()
      cancelRemember = undefined
      outbox.wipe()
      store.wipe()
      storage?.wipe()
    },
    close() {
      owned.close()
      cancelRemember?.()
      for (const stop of stops) stop()
      sync.stop()
      olderWords.stop()
      connection.close()
    },
  }
  return client
}
