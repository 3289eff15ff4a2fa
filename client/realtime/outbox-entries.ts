// What stands in the outbox, in the order of pressing, and what of it this device keeps, and which entry may go next. What was refused is
// set aside: it holds back nothing that was written after it.
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { CommandId } from '#shared/kernel/ids.ts'
import type { LogReason } from '#shared/log/log-protocol.ts'
import type { EventPlace, Seen } from '#shared/protocol/wire.ts'

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

/** Conflicts that no later moment ends. */
const LASTING: ReadonlySet<string> = new Set(['log/case-full', 'log/forked'] satisfies readonly LogReason[])

/** Whether the very same words may be taken at another moment, or with what is known now. Otherwise a retry only repeats the refusal. */
export function mayPassAgain({ kind, reason }: Problem): boolean {
  return kind === 'conflict' && !LASTING.has(reason ?? '')
}

export interface OutboxStorage {
  load(): readonly OutboxEntry[]
  save(entries: readonly OutboxEntry[]): void
  clear(): void
}

const WAITING = { kind: 'waiting' } as const

export class OutboxEntries {
  readonly #storage: OutboxStorage | undefined
  readonly #listeners = new Set<() => void>()
  /** Survive a reload where this device may remember. */
  readonly #kept: Set<CommandId>
  #all: readonly OutboxEntry[]

  constructor(storage: OutboxStorage | undefined) {
    this.#storage = storage
    // what the page before did not live to see answered goes again
    this.#all = (storage?.load() ?? []).map((entry) => (entry.state.kind === 'sending' ? { ...entry, state: WAITING } : entry))
    this.#kept = new Set(this.#all.map(({ id }) => id))
  }

  readonly all = (): readonly OutboxEntry[] => this.#all

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly tell = (): void => {
    for (const listener of [...this.#listeners]) listener()
  }

  find(id: CommandId): OutboxEntry | undefined {
    return this.#all.find((entry) => entry.id === id)
  }

  add(entry: Omit<OutboxEntry, 'state'>, keep: boolean): void {
    if (keep) this.#kept.add(entry.id)
    this.#change([...this.#all, { ...entry, state: WAITING }])
  }

  become(id: CommandId, state: OutboxEntryState): void {
    this.#change(this.#all.map((entry) => (entry.id === id ? { ...entry, state } : entry)))
  }

  /** The same words under another id, in the same place, with what is known now. */
  renew(id: CommandId, fresh: CommandId, seen: Seen | undefined): void {
    if (this.#kept.delete(id)) this.#kept.add(fresh)
    const renewed = (entry: OutboxEntry) => ({ ...entry, id: fresh, input: withId(entry.input, fresh), seen, state: WAITING })
    this.#change(this.#all.map((entry) => (entry.id === id ? renewed(entry) : entry)))
  }

  remove(isOver: (entry: OutboxEntry) => boolean): void {
    const over = this.#all.filter(isOver)
    if (over.length === 0) return
    for (const { id } of over) this.#kept.delete(id)
    this.#change(this.#all.filter((entry) => !over.includes(entry)))
  }

  /** The first unanswered entry of each audience. */
  next(): readonly OutboxEntry[] {
    const busy = new Set<Audience>()
    const next: OutboxEntry[] = []
    for (const entry of this.#all) {
      if (entry.state.kind === 'stored' || entry.state.kind === 'refused') continue
      if (entry.audience !== undefined) {
        if (busy.has(entry.audience)) continue
        busy.add(entry.audience)
      }
      if (entry.state.kind === 'waiting') next.push(entry)
    }
    return next
  }

  wipe(): void {
    this.#kept.clear()
    this.#all = []
    this.#storage?.clear()
    this.tell()
  }

  #change(next: readonly OutboxEntry[]): void {
    this.#all = next
    this.#storage?.save(next.filter(({ id }) => this.#kept.has(id)))
    this.tell()
  }
}

/** A message carries its command's id, so that its author's device finds it again. */
function withId(input: unknown, id: CommandId): unknown {
  return typeof input === 'object' && input !== null && 'id' in input ? { ...input, id } : input
}
