// Whether what somebody has seen of an audience, as their device says, is the history that stands here. Asked of their own audiences alone:
// of another nobody learns whether a hash stands in it.
import type { LogStore } from '#server/storage/ports.ts'
import { type Actor, byOf } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { serialQueues } from '#shared/kernel/serial-queue.ts'
import type { Seen } from '#shared/protocol/wire.ts'
import { type LoadedCase, type Readers, readsNow } from './case-state.ts'
import { makeSeenHashes } from './seen-hashes.ts'
import type { Committed } from './subscribers.ts'

interface SeenHistory {
  remember(commits: readonly Pick<Committed, 'caseId' | 'events'>[]): void
  /** Mostly true at once; else a promise. */
  holds(actor: Actor, seen: Seen): boolean | Promise<boolean>
}

interface Deps {
  readonly log: Pick<LogStore, 'readAudience'>
  readonly readers: Readers
  /** As it is folded here. */
  readonly loaded: (caseId: CaseId) => LoadedCase
}

export function makeSeenHistory({ log, readers, loaded }: Deps): SeenHistory {
  const hashes = makeSeenHashes(log)
  /** What one person sends keeps its order: behind a look that takes time, the next waits, and only then. */
  const looking = serialQueues<string>()

  function isReader(actor: Actor, audience: Audience): boolean {
    const folded = actor.kind === 'person' ? loaded(actor.caseId).audiences.get(audience) : undefined
    return folded !== undefined && actor.kind === 'person' && readsNow(readers, folded, actor.id)
  }

  return {
    remember(commits) {
      for (const { caseId, events } of commits) hashes.remember(caseId, events)
    },
    holds(actor, seen) {
      const look = () => !isReader(actor, seen.audience) || hashes.isKnown(actor.caseId, seen)
      const who = `${actor.caseId} ${byOf(actor)}`
      if (looking.isBusy(who)) return looking.run(who, look)
      const answer = look()
      return typeof answer === 'boolean' ? answer : looking.run(who, () => answer)
    },
  }
}
