// What acts allow, against what a test has written out by hand, so that no right changes by itself: each act, for each kind of person, in
// each room, in each phase. Nothing here comes from the lists that acts are defined with.
import type { Act } from '#shared/kernel/act.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type ParticipantId, type RoomId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { may, mayAtAll } from '../may.ts'
import { CASE_PHASES, type CasePhase } from '../phases.ts'

const SIDE = asId<SideId>('a')
const OTHER_SIDE = asId<SideId>('b')
const PARTY = asId<ParticipantId>('p')
const MEDIATOR = asId<ParticipantId>('m')
const base = { kind: 'person', caseId: asId<CaseId>('c') } as const

const PEOPLE = {
  mediator: { ...base, id: MEDIATOR, role: 'mediator' },
  party: { ...base, id: PARTY, role: 'party', sideId: SIDE },
  representative: { ...base, id: asId<ParticipantId>('r'), role: 'representative', sideId: SIDE },
  lawyer: { ...base, id: asId<ParticipantId>('l'), role: 'lawyer', sideId: SIDE },
  teacher: { ...base, id: asId<ParticipantId>('t'), role: 'teacher', sideId: SIDE },
  psychologist: { ...base, id: asId<ParticipantId>('y'), role: 'psychologist', sideId: SIDE },
  companion: { ...base, id: asId<ParticipantId>('c'), role: 'companion', sideId: SIDE },
  interpreter: { ...base, id: asId<ParticipantId>('i'), role: 'interpreter' },
  expert: { ...base, id: asId<ParticipantId>('e'), role: 'expert' },
  trainee: { ...base, id: asId<ParticipantId>('n'), role: 'trainee' },
  observer: { ...base, id: asId<ParticipantId>('o'), role: 'observer' },
  other: { ...base, id: asId<ParticipantId>('q'), role: 'party', sideId: OTHER_SIDE },
} as const satisfies Readonly<Record<string, Person>>

/** Seen from the first side, from its party and from the mediator. */
const ROOMS = {
  case: 'case',
  all: 'all',
  mediators: 'mediators',
  side: `side:${SIDE}`,
  direct: `direct:${PARTY}`,
  self: `self:${PARTY}`,
  'mediator-self': `self:${MEDIATOR}`,
  room: `room:${asId<RoomId>('g')}`,
  signers: `signers:${asId<VersionId>('v')}`,
} as const satisfies Readonly<Record<string, Audience>>

type Who = keyof typeof PEOPLE
type Room = keyof typeof ROOMS

/** All who have a say. */
export const everybody: readonly Who[] = [
  'mediator',
  'party',
  'representative',
  'lawyer',
  'teacher',
  'psychologist',
  'interpreter',
  'expert',
  'other',
]
/** All who have none, but in their own line to the mediator. */
export const silent: readonly Who[] = ['companion', 'trainee', 'observer']
/** Whose word is a side's. */
export const bothSides: readonly Who[] = ['party', 'representative', 'other']
export const firstSide: readonly Who[] = ['party', 'representative']
/** Who has a say in the room of the first side: of the others nobody who belongs to the other one. */
export const insideFirstSide: readonly Who[] = [
  'mediator',
  'party',
  'representative',
  'lawyer',
  'teacher',
  'psychologist',
  'interpreter',
  'expert',
]
export const always: readonly CasePhase[] = ['preparing', 'mediating', 'performing', 'closed']
export const untilClosed: readonly CasePhase[] = ['preparing', 'mediating', 'performing']
export const untilOver: readonly CasePhase[] = ['preparing', 'mediating']

/** By the names of acts. Whatever stands in no line is denied. */
export type ActTable = Readonly<Record<string, readonly (readonly [room: Room, who: readonly Who[], phases: readonly CasePhase[]])[]>>

/** Where acts and table differ; an act that only one of them knows is a difference, too. */
export function actFaults(acts: readonly Act[], table: ActTable): readonly string[] {
  const names = acts.map(({ name }) => name as string)
  return [
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name}: defined twice`),
    ...Object.keys(table).flatMap((name) => (names.includes(name) ? [] : [`${name}: no act`])),
    ...acts.flatMap((act) => {
      const lines = Object.hasOwn(table, act.name) ? table[act.name] : undefined
      return lines ? faultsOf(act, lines) : [`${act.name}: not in the table`]
    }),
  ]
}

function faultsOf(act: Act, lines: ActTable[string]): readonly string[] {
  return Object.entries(ROOMS).flatMap(([room, audience]) =>
    Object.entries(PEOPLE).flatMap(([who, person]) => {
      const written = lines.filter(([where, people]) => where === room && people.some((each) => each === who))
      const found = (allowed: boolean, moment: string) => `${act.name}: ${who} in ${room}, ${moment}: ${allowed ? 'allowed' : 'denied'}`
      const atAll = mayAtAll(person, act, audience)
      return [
        ...(atAll === written.length > 0 ? [] : [found(atAll, 'at all')]),
        ...CASE_PHASES.flatMap((phase) => {
          const allowed = may(person, act, audience, phase)
          return allowed === written.some(([, , phases]) => phases.includes(phase)) ? [] : [found(allowed, phase)]
        }),
      ]
    }),
  )
}
