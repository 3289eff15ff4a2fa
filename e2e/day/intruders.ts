// While the others talk and sign, somebody of a side and somebody of another case try whatever their browsers can; in the end all that
// anybody was sent is searched.
import { expect } from '@playwright/test'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type Loot, type Prey, walk } from '../intruding.ts'
import { roomsIn, wordsIn } from '../overheard.ts'
import type { Someone } from '../people.ts'
import { type Day, MEDIATOR, PAVEL } from './cast.ts'
import { MEANT_FOR, SECRET } from './secrets.ts'
import { ownRooms, preyFor, type Traces, traceOf } from './traces.ts'

/** A party with their own token: nothing of the other sides, and nothing of what is theirs is touched. */
export async function partyIntrudes({ pavel }: Day, traces: Traces): Promise<void> {
  const me = traceOf(traces, PAVEL)
  const loot = await walk(pavel.page, me.id, preyFor(traces, { name: PAVEL, rooms: ['mediators'] }))
  const own = new Set<string>(['case', 'all', ...ownRooms(me)])
  expect(loot.audiences.filter((audience) => !own.has(audience))).toEqual([])
  expect(loot.answers.some((answer) => answer.includes(SECRET.ofDala))).toBe(true)
  hasNothingOf(loot, [
    SECRET.ofBereke,
    SECRET.ofCarrier,
    SECRET.besideDinara,
    SECRET.removed,
    'aigul@bereke.example',
    'abenova@silkhaul.example',
  ])
  const others = traces.people.filter(({ sideId }) => sideId !== me.sideId)
  hasNothingOf(loot, others.flatMap(ownRooms))
}

/** Somebody of another case of the same mediator, while this one is closed for signing: nothing at all. */
export async function strangerIntrudes(stranger: Someone, me: ParticipantId, traces: Traces, versionId: string): Promise<void> {
  const prey = preyFor(traces, { known: [versionId], rooms: ['case', 'all', 'mediators'] })
  const loot = await walk(stranger.page, me, prey)
  hasNothingOf(loot, [...Object.values(SECRET), prey.caseId, ...prey.ids])
  expect(loot.knock).toContain('unauthenticated')
}

function hasNothingOf({ answers }: Loot, secrets: readonly string[]): void {
  expect(answers.length).toBeGreaterThan(100)
  for (const secret of secrets) expect(answers.filter((answer) => answer.includes(secret))).toEqual([])
}

/** Over the whole day nobody was sent a word, or the name of a room, that was not meant for them. */
export function nothingOverheard({ attendants }: Day, traces: Traces): void {
  for (const { name, frames } of attendants) {
    const words = wordsIn(frames)
    // What they said themselves need not come back to them.
    for (const heard of MEANT_FOR.filter(({ by }) => by !== name))
      expect(words.includes(heard.words), `${name}: ${heard.words}`).toBe(heard.to.includes(name))
    if (name === MEDIATOR) continue
    const own = new Set<string>(ownRooms(traceOf(traces, name)))
    const foreign = roomsIn(frames).filter((room) => !own.has(room))
    expect(
      frames.filter((frame) => foreign.some((room) => frame.includes(room))),
      `rooms named to ${name}: ${foreign}`,
    ).toEqual([])
  }
}

/** Nothing of this case was sent to somebody of another. */
export function nothingOfThisCase(frames: readonly string[], { ids, caseId }: Prey): void {
  const words = wordsIn(frames)
  for (const secret of [caseId, ...ids, ...Object.values(SECRET)]) expect(words).not.toContain(secret)
}
