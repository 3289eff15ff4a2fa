// How many saved states a document keeps. What was closed for signing, and what a conversion left, stays for good; of the others the one
// whose neighbours in time are nearest goes first, so that what is old is kept in wide steps and what is new in small ones.
import type { SaveCause } from '#shared/drafting/draft-wire.ts'

export interface ThinnedState {
  readonly name: string
  readonly at: number
  readonly cause: SaveCause
  readonly bytes: number
}

export interface Room {
  readonly states: number
  readonly bytes: number
}

export const ROOM_FOR_STATES: Room = { states: 200, bytes: 64 * 1024 * 1024 }
const FOR_GOOD: ReadonlySet<SaveCause> = new Set(['closing', 'conversion'])

interface Spared<State> {
  /** Is being brought back: stays whatever happens to the others. */
  readonly isNeeded: (state: State) => boolean
  /** People were just told of it: stays too, but all such together leave half of the room to the others. */
  readonly isRecent: (state: State) => boolean
}

/** Names of those that go. */
export function statesToThin<State extends ThinnedState>(
  states: readonly State[],
  room: Room,
  { isNeeded, isRecent }: Spared<State>,
): readonly string[] {
  const spared = newestWithin(states.filter(isRecent), room.bytes / 2)
  const kept = [...states].sort((a, b) => a.at - b.at)
  const gone: string[] = []
  let bytes = kept.reduce((sum, state) => sum + state.bytes, 0)
  while (kept.length > room.states || bytes > room.bytes) {
    const at = nearest(kept, (state) => FOR_GOOD.has(state.cause) || isNeeded(state) || spared.has(state))
    const [state] = at === undefined ? [] : kept.splice(at, 1)
    if (!state) break
    gone.push(state.name)
    bytes -= state.bytes
  }
  return gone
}

/** Whoever makes many large ones in a short time must not push out all that is older. */
function newestWithin<State extends ThinnedState>(states: readonly State[], bytes: number): ReadonlySet<State> {
  let left = bytes
  const newestFirst = [...states].sort((a, b) => b.at - a.at)
  return new Set(
    newestFirst.filter((state) => {
      left -= state.bytes
      return left >= 0
    }),
  )
}

/** Of two that are as near the older one. */
function nearest<State extends ThinnedState>(kept: readonly State[], stays: (state: State) => boolean): number | undefined {
  let found: { readonly index: number; readonly gap: number } | undefined
  for (const [index, state] of kept.entries()) {
    if (stays(state)) continue
    const [before, after] = [kept[index - 1], kept[index + 1]]
    const gap = before && after ? after.at - before.at : Number.POSITIVE_INFINITY
    if (!found || gap < found.gap) found = { index, gap }
  }
  return found?.index
}
