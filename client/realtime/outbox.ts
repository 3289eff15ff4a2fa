// What this device still owes the server. Every entry keeps the id it was given until it is answered, so that a retry posts nothing twice;
// entries of one audience go one after another; a refusal stays, visible, until its person has decided, and what was written after it goes on.
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'
import type { CommandDefinition } from '#shared/protocol/define.ts'
import { type CommandAck, type CommandEnvelope, type QuotaNear, type Seen, WIRE } from '#shared/protocol/wire.ts'
import { meaningOf } from './ack-meaning.ts'
import type { Connection } from './connection.ts'
import { OutboxEntries, type OutboxEntry, type OutboxStorage } from './outbox-entries.ts'
import { makeQuotaWarning } from './quota-warning.ts'

interface NewOutboxEntry {
  readonly definition: CommandDefinition
  readonly input: (id: CommandId) => unknown
  readonly audience?: Audience
  readonly seen?: Seen | undefined
  /** Survives a reload where this device may remember. */
  readonly keep: boolean
}

export interface Outbox {
  entries(): readonly OutboxEntry[]
  subscribe(listener: () => void): () => void
  /** How near this person is to the end of what they may write; undefined while they are far from it. */
  near(): QuotaNear | undefined
  put(entry: NewOutboxEntry): CommandId
  /** Resolves with the server's answer; retried until there is one. Never rejects: refused entries of this kind are not kept. */
  ask(entry: Omit<NewOutboxEntry, 'keep' | 'audience'>): Promise<CommandAck>
  /** "Send anyway": the same words under a new id, with what is known now. */
  again(id: CommandId, seen: Seen | undefined): void
  /** Takes out what was refused or has not yet been sent; its input, for the composer. */
  discard(id: CommandId): unknown
  /** Where an audience stands now: what is on the screen leaves the outbox. */
  settle(standsAt: (audience: Audience) => number): void
  wake(): void
  wipe(): void
}

interface OutboxDeps {
  readonly connection: Pick<Connection, 'state' | 'ask'>
  readonly storage: OutboxStorage | undefined
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
}

const AGAIN_AFTER = 3_000

export function createOutbox({ connection, storage, clock, timers, entropy }: OutboxDeps): Outbox {
  const entries = new OutboxEntries(storage)
  const warning = makeQuotaWarning(timers, entries.tell)
  const askers = new Map<CommandId, (ack: CommandAck) => void>()
  const newId = () => asId<CommandId>(base64url(entropy.bytes(16, 'command')))

  function wake() {
    if (connection.state().kind !== 'live') return
    for (const entry of entries.next()) void send(entry)
  }

  async function send({ id, name, input, seen }: OutboxEntry) {
    entries.become(id, { kind: 'sending' })
    const envelope: CommandEnvelope = seen ? { id, name, input, seen } : { id, name, input }
    // no answer is no answer: the same id again, at once if the connection still stands
    const ack = await connection.ask<CommandAck>(WIRE.command, envelope).catch(() => undefined)
    if (!entries.find(id)) return
    const meaning = ack && meaningOf(ack)
    if (ack && meaning?.kind === 'settled') {
      settled(id, ack)
      wake()
    } else {
      entries.become(id, { kind: 'waiting' })
      timers.after(meaning?.kind === 'later' ? meaning.after : AGAIN_AFTER, wake)
    }
  }

  function settled(id: CommandId, ack: CommandAck) {
    if (ack.ok) warning.heed(ack.value.near)
    const asker = askers.get(id)
    if (asker) {
      remove(id)
      asker(ack)
    } else entries.become(id, ack.ok ? { kind: 'stored', at: ack.value.at } : { kind: 'refused', problem: ack.problem })
  }

  function remove(id: CommandId) {
    askers.delete(id)
    entries.remove((entry) => entry.id === id)
  }

  function add({ definition, input, audience, seen }: Omit<NewOutboxEntry, 'keep'>, keep: boolean): CommandId {
    const id = newId()
    entries.add({ id, name: definition.name, input: input(id), audience, seen, pressedAt: clock.now() }, keep)
    return id
  }

  return {
    entries: entries.all,
    near: warning.near,
    subscribe: entries.subscribe,
    put(entry) {
      const id = add(entry, entry.keep)
      wake()
      return id
    },
    ask(entry) {
      return new Promise((resolve) => {
        askers.set(add(entry, false), resolve)
        wake()
      })
    },
    again(id, seen) {
      entries.renew(id, newId(), seen)
      wake()
    },
    discard(id) {
      const entry = entries.find(id)
      if (!entry || entry.state.kind === 'sending' || entry.state.kind === 'stored') return undefined
      remove(id)
      wake()
      return entry.input
    },
    settle: (standsAt) =>
      entries.remove(({ state }) => state.kind === 'stored' && state.at.every(({ audience, seq }) => standsAt(audience) >= seq)),
    wake,
    wipe() {
      askers.clear()
      warning.heed(undefined)
      entries.wipe()
    },
  }
}
