// Which letters each person has typed a moment ago, by the clocks of their Yjs ids: whoever takes back their own words of just now takes
// nothing from anybody. Written down every few seconds, so that typing costs nothing.
import type { ParticipantId } from '#shared/kernel/ids.ts'

interface Step {
  readonly at: number
  readonly clock: number
}

const STEP_MS = 5_000

export class RecentTyping {
  readonly #for: number
  readonly #forOthers: number
  readonly #steps = new Map<ParticipantId, Map<number, Step[]>>()

  /**
   * Shorter than deletions count, by a step and by the longest rest before they are measured, so that nothing that was deleted before is
   * forgotten while a copy of it passes for new. What somebody took back as their own is that still when another's deletion is measured.
   */
  constructor({ counted, rest }: { readonly counted: number; readonly rest: number }) {
    this.#for = counted - rest - STEP_MS
    this.#forOthers = this.#for + rest
  }

  wrote(by: ParticipantId, client: number, from: number, now: number): void {
    const steps = this.#steps.get(by)?.get(client) ?? this.#stepsOf(by, client, now)
    const last = steps.at(-1)
    if (last && now - last.at < STEP_MS && now >= last.at) return
    steps.push({ at: now, clock: from })
    const old = steps.findIndex(({ at }) => now - at <= this.#forOthers)
    if (old > 0) steps.splice(0, old)
  }

  #stepsOf(by: ParticipantId, client: number, now: number): Step[] {
    const ids = this.#steps.get(by) ?? new Map<number, Step[]>()
    this.#steps.set(by, ids)
    for (const [id, steps] of ids) if (now - (steps.at(-1)?.at ?? 0) > this.#forOthers) ids.delete(id)
    const made: Step[] = []
    ids.set(client, made)
    return made
  }

  /** For each of their ids the first clock that is new. */
  of(by: ParticipantId, now: number, milliseconds = this.#for): readonly (readonly [client: number, clock: number])[] {
    return [...(this.#steps.get(by) ?? [])].flatMap(([client, steps]) => {
      const first = steps.find(({ at }) => now - at <= milliseconds && at <= now)
      return first ? [[client, first.clock] as const] : []
    })
  }

  ofOthers(than: ParticipantId, now: number): readonly (readonly [client: number, clock: number])[] {
    return [...this.#steps.keys()].flatMap((by) => (by === than ? [] : this.of(by, now, this.#forOthers)))
  }
}
