// What this device still owes the server. Every entry keeps the id it was given until it is answered, so that a retry posts nothing twice;
// entries of one audience go one after another; a refusal stays, visible, until its person has decided, and only one for the moment holds back.
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'
import type { CommandDefinition } from '#shared/protocol/define.ts'
import { type CommandAck, type CommandEnvelope, type EventPlace, type QuotaNear, type Seen, WIRE } from '#shared/protocol/wire.ts'
import { meaningOf } from './ack-meaning.ts'
import type { Connection } from './connection.ts'

export type OutboxEntryState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  /** On the server's disk; here until its event is on the screen. */
  | { readonly kind: 'stored'; readonly at: readonly EventPlace[] }
  | { readonly kind: 'refused'; readonly problem: Problem }

export interface OutboxEntry {
  readonly id: CommandId
  readonly name: string
  readonly input: unknown
  /** Entries of one audience keep their order; undefined goes on its own. */
  readonly audience: Audience | undefined
  readonly seen: Seen | undefined
  /** When "send" was pressed, by the server's clock as this device knows it. */
  readonly pressedAt: number
  readonly state: OutboxEntryState
}

/** Refused for the moment or its readers: what was written after it waits for its person. What was refused for itself holds nothing back. */
export function holdsBack({ state }: OutboxEntry): boolean {
  return state.kind === 'refused' && !isSetAside(state.problem)
}

/** No moment and no retry makes these words pass. */
export function isSetAside({ kind }: Problem): boolean {
  return kind === 'invalid' || kind === 'too-large'
}

interface NewOutboxEntry {
  readonly definition: CommandDefinition
  readonly input: (id: CommandId) => unknown
  readonly audience?: Audience
  readonly seen?: Seen | undefined
  /** Survives a reload where this device may remember. */
  readonly keep: boolean
}

export interface OutboxStorage {
  load(): readonly OutboxEntry[]
  save(entries: readonly OutboxEntry[]): void
  clear(): void
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
/** A warning of the minute is over after one. */
const A_MINUTE = 60_000

export function createOutbox({ connection, storage, clock, timers, entropy }: OutboxDeps): Outbox {
  const listeners = new Set<() => void>()
  const kept = new Set<CommandId>()
  const askers = new Map<CommandId, (ack: CommandAck) => void>()
  let near: QuotaNear | undefined
  let cancelNear: (() => void) | undefined
  let entries: readonly OutboxEntry[] = (storage?.load() ?? []).map((entry) =>
    entry.state.kind === 'sending' ? { ...entry, state: { kind: 'waiting' } } : entry,
  )
  for (const { id } of entries) kept.add(id)

  const newId = () => asId<CommandId>(base64url(entropy.bytes(16, 'command')))

  function change(next: readonly OutboxEntry[]) {
    entries = next
    storage?.save(entries.filter(({ id }) => kept.has(id)))
    for (const listener of [...listeners]) listener()
  }

  function become(id: CommandId, state: OutboxEntryState) {
    change(entries.map((entry) => (entry.id === id ? { ...entry, state } : entry)))
  }

  function remove(id: CommandId) {
    kept.delete(id)
    askers.delete(id)
    change(entries.filter((entry) => entry.id !== id))
  }

  function warn(next: QuotaNear | undefined) {
    cancelNear?.()
    near = next
    if (next?.of !== 'minute') return
    cancelNear = timers.after(A_MINUTE, () => {
      near = undefined
      change(entries)
    })
  }

  /** The first unanswered entry of each audience, unless the one before it waits for its person. */
  function nextOnes(): readonly OutboxEntry[] {
    const busy = new Set<Audience>()
    const next: OutboxEntry[] = []
    for (const entry of entries) {
      if (entry.state.kind === 'stored' || (entry.state.kind === 'refused' && !holdsBack(entry))) continue
      if (entry.audience !== undefined) {
        if (busy.has(entry.audience)) continue
        busy.add(entry.audience)
      }
      if (entry.state.kind === 'waiting') next.push(entry)
    }
    return next
  }

  function wake() {
    if (connection.state().kind !== 'live') return
    for (const entry of nextOnes()) void send(entry)
  }

  async function send({ id, name, input, seen }: OutboxEntry) {
    become(id, { kind: 'sending' })
    const envelope: CommandEnvelope = seen ? { id, name, input, seen } : { id, name, input }
    let ack: CommandAck
    try {
      ack = await connection.ask<CommandAck>(WIRE.command, envelope)
    } catch {
      // no answer is no answer: the same id again, at once if the connection still stands
      if (!entries.some((entry) => entry.id === id)) return
      become(id, { kind: 'waiting' })
      timers.after(AGAIN_AFTER, wake)
      return
    }
    if (!entries.some((entry) => entry.id === id)) return
    const meaning = meaningOf(ack)
    if (meaning.kind === 'later') {
      become(id, { kind: 'waiting' })
      timers.after(meaning.after, wake)
      return
    }
    if (ack.ok) warn(ack.value.near)
    const asker = askers.get(id)
    if (asker) {
      remove(id)
      asker(ack)
    } else if (ack.ok) become(id, { kind: 'stored', at: ack.value.at })
    else become(id, { kind: 'refused', problem: ack.problem })
    wake()
  }

  function add(entry: Omit<NewOutboxEntry, 'keep'>, keep: boolean): CommandId {
    const id = newId()
    if (keep) kept.add(id)
    const { definition, input, audience, seen } = entry
    change([
      ...entries,
      { id, name: definition.name, input: input(id), audience, seen, pressedAt: clock.now(), state: { kind: 'waiting' } },
    ])
    return id
  }

  return {
    entries: () => entries,
    near: () => near,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
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
      const fresh = newId()
      if (kept.delete(id)) kept.add(fresh)
      change(
        entries.map((entry) =>
          entry.id === id ? { ...entry, id: fresh, input: withId(entry.input, fresh), seen, state: { kind: 'waiting' } } : entry,
        ),
      )
      wake()
    },
    discard(id) {
      const entry = entries.find((each) => each.id === id)
      if (!entry || entry.state.kind === 'sending' || entry.state.kind === 'stored') return undefined
      remove(id)
      wake()
      return entry.input
    },
    settle(standsAt) {
      const done = entries.filter(
        ({ state }) => state.kind === 'stored' && state.at.every(({ audience, seq }) => standsAt(audience) >= seq),
      )
      if (done.length === 0) return
      for (const { id } of done) kept.delete(id)
      change(entries.filter((entry) => !done.includes(entry)))
    },
    wake,
    wipe() {
      kept.clear()
      askers.clear()
      warn(undefined)
      entries = []
      storage?.clear()
      for (const listener of [...listeners]) listener()
    },
  }
}

/** A message carries its command's id, so that its author's device finds it again. */
function withId(input: unknown, id: CommandId): unknown {
  return typeof input === 'object' && input !== null && 'id' in input ? { ...input, id } : input
}
