// Whatever follows from the log. Subscribers are told of each commit of a case in the order in which it was stored; those of them that
// pass on what they hear get what became durable together in one piece, before the others act on any of it.
import type { CaseId } from '#shared/kernel/ids.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { LoadedCase } from './case-state.ts'

export interface Committed {
  readonly caseId: CaseId
  /** As they are read: parsed, of today's version. */
  readonly events: readonly ParsedEvent[]
  /** The same, as their readers' devices get them. */
  readonly wires: readonly WireEvent[]
  readonly before: LoadedCase
  readonly after: LoadedCase
}

/** A subscriber that acts does it by a step that is harmless to repeat: after a crash it hears of a case again, not of each commit. */
export interface Subscriber {
  readonly name: string
  /** Once a commit is durable and before it is acknowledged. */
  readonly committed?: (committed: Committed) => void
  /** Instead: all that became durable together, of one case. */
  readonly committedTogether?: (commits: readonly Committed[]) => void
  /** Once for each case, when it is first read here: what was left half done can be recovered. */
  readonly loaded?: (caseId: CaseId) => void
}

export interface Subscribers {
  /** What became durable together, of one case. */
  committed(commits: readonly Committed[]): void
  loaded(caseId: CaseId): void
  add(...subscribers: readonly Subscriber[]): void
}

/** One that fails keeps nothing from the others: what is committed stays so, and each of them hears of it. */
export function makeSubscribers({ onTrouble }: { readonly onTrouble: (cause: unknown, subscriber: string) => void }): Subscribers {
  const list: Subscriber[] = []
  const tell = (how: (subscriber: Subscriber) => void) => {
    for (const subscriber of list) {
      try {
        how(subscriber)
      } catch (cause) {
        onTrouble(cause, subscriber.name)
      }
    }
  }
  return {
    add: (...subscribers) => void list.push(...subscribers),
    committed(commits) {
      tell((subscriber) => subscriber.committedTogether?.(commits))
      for (const committed of commits) tell((subscriber) => subscriber.committed?.(committed))
    },
    loaded: (caseId) => tell((subscriber) => subscriber.loaded?.(caseId)),
  }
}
