// The kinds that a device fetches later (shared/later-catalogue.ts) have seen none of the events before: whatever those are, a device that had
// all kinds from the beginning folds the same.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitting } from '#server/testing/schema-arbitrary.ts'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import { FIRST_KINDS } from '#shared/first-catalogue.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { LATER_KINDS } from '#shared/later-catalogue.ts'
import { emptyAudience, type Fold, foldEvent, type ParsedEvent, sliceOf } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'

const idOf = (name: string) => asId<ParticipantId>(name.padEnd(22, 'A'))
const ADA = idOf('ada')
const WORDS = [ADA, idOf('bek'), idOf('other'), 'words', 'all']
const AUDIENCES: readonly Audience[] = [
  'case',
  'all',
  'mediators',
  directAudience(ADA),
  selfAudience(ADA),
  sideAudience(asId<SideId>(idOf('side'))),
]

const isLater = (type: string) => LATER_KINDS.events.some(({ name }) => name === type)

interface Happened {
  readonly definition: EventDefinition
  readonly body: unknown
  readonly by: ParticipantId | 'system'
}

/** Of every kind alike, with bodies that fit; some are destroyed. */
function anything(definitions: readonly EventDefinition[]): fc.Arbitrary<Happened> {
  return fc.oneof(
    ...definitions.map((definition) =>
      fc.record({
        definition: fc.constant(definition),
        body: fc.oneof({ weight: 9, arbitrary: fitting(definition.body, WORDS) }, { weight: 1, arbitrary: fc.constant(undefined) }),
        by: fc.constantFrom<(ParticipantId | 'system')[]>(ADA, idOf('bek'), 'system'),
      }),
    ),
  )
}

function folded(audience: Audience, events: readonly Happened[], foldsFor: (type: string) => readonly Fold[]) {
  let state = emptyAudience(audience)
  for (const [at, { definition, body, by }] of events.entries()) {
    const event: ParsedEvent = { audience, epoch: 0, seq: at + 1, type: definition.name, by, at: 1_000 + at, hash: `${at}`, body }
    state = foldEvent(foldsFor(definition.name), state, event)
  }
  return Object.fromEntries(DEVICE_FOLDS.map((fold) => [fold.name, sliceOf(state, fold)]))
}

const events = fc.tuple(fc.array(anything(FIRST_KINDS.events), { maxLength: 40 }), fc.array(anything(DEVICE_EVENTS), { maxLength: 40 }))

it('[LIV-261] kinds that are fetched with their first event make nothing of those before it: everything is folded as by a device that had them', () => {
  fc.assert(
    fc.property(fc.constantFrom(...AUDIENCES), events, (audience, [before, after]) => {
      let folds = FIRST_KINDS.folds
      const late = folded(audience, [...before, ...after], (type) => {
        if (isLater(type)) folds = DEVICE_FOLDS
        return folds
      })
      expect(late).toEqual(folded(audience, [...before, ...after], () => DEVICE_FOLDS))
    }),
    { numRuns: 400 },
  )
})

it('[LIV-261] each kind stands in one catalogue', () => {
  const names = [...FIRST_KINDS.events, ...LATER_KINDS.events].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(LATER_KINDS.events.length).toBeGreaterThan(30)
})
