import { describe, expect, it } from 'vitest'
import { type Person, ROLES } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { actsByAuthority, isOfSide, mediates } from '#shared/kernel/roles.ts'
import { ACT_NAMES, type Act, may, mayAtAll } from './may.ts'
import { CASE_PHASES, type CasePhase } from './phases.ts'

const [A, B] = [asId<SideId>('a'), asId<SideId>('b')]
const [m, p, r, q] = ['m', 'p', 'r', 'q'].map((id) => asId<ParticipantId>(id)) as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
  ParticipantId,
]
const base = { kind: 'person', caseId: asId<CaseId>('c') } as const
const who: Readonly<Record<'mediator' | 'party' | 'representative' | 'other', Person>> = {
  mediator: { ...base, id: m, role: 'mediator' },
  party: { ...base, id: p, role: 'party', sideId: A },
  representative: { ...base, id: r, role: 'representative', sideId: A },
  other: { ...base, id: q, role: 'party', sideId: B },
}
/** Seen from side A and from person p. */
const ROOMS: Readonly<Record<string, Audience>> = {
  case: 'case',
  all: 'all',
  mediators: 'mediators',
  side: `side:${A}`,
  direct: `direct:${p}`,
  self: `self:${p}`,
  signers: `signers:${asId<VersionId>('v')}`,
}

type Who = keyof typeof who
const everybody: readonly Who[] = ['mediator', 'party', 'representative', 'other']
const sides: readonly Who[] = ['party', 'representative', 'other']
const ofSideA: readonly Who[] = ['party', 'representative']
const always = CASE_PHASES
const untilClosed: readonly CasePhase[] = ['preparing', 'mediating', 'performing']
const untilOver: readonly CasePhase[] = ['preparing', 'mediating']

/** Written out once more, so that no row of the table changes by itself. Whatever stands in no line is denied. */
const ALLOWED: Readonly<Record<Act, readonly (readonly [string, readonly Who[], readonly CasePhase[]])[]>> = {
  'cases/confirm': [['case', everybody, untilOver]],
  'cases/hold-session': [['case', ['mediator'], untilOver]],
  'cases/end-mediation': [['case', ['mediator'], untilOver]],
  'cases/close': [['case', ['mediator'], ['performing']]],
  'cases/leave': [['case', sides, untilOver]],
  'cases/change-people': [['case', ['mediator'], untilClosed]],
  'rooms/admit': [['case', ['mediator'], ['mediating']]],
  'messaging/post': [
    ['all', everybody, untilClosed],
    ['side', ['mediator', ...ofSideA], untilClosed],
    ['direct', ['mediator', 'party'], untilClosed],
  ],
  'messaging/remove-own': [
    ['all', everybody, untilClosed],
    ['side', ['mediator', ...ofSideA], untilClosed],
    ['direct', ['mediator', 'party'], untilClosed],
  ],
  'messaging/remove': [
    ['all', ['mediator'], always],
    ['side', ['mediator'], always],
    ['direct', ['mediator'], always],
  ],
  'caucus/invite': [['side', ['mediator'], ['mediating']]],
  'caucus/enter': [['side', ofSideA, always]],
  'caucus/end': [['side', ['mediator', ...ofSideA], always]],
  'caucus/call-mediator': [['side', ofSideA, untilClosed]],
  'caucus/answer-call': [['side', ['mediator'], always]],
  'drafting/edit': [['all', everybody, ['mediating']]],
  'drafting/read-note': [['self', [], always]],
  'drafting/edit-note': [['self', [], untilClosed]],
  'drafting/say-ready': [['all', sides, ['mediating']]],
  'drafting/withdraw-ready': [['all', sides, always]],
  'drafting/restore': [['all', ['mediator'], ['mediating']]],
  'drafting/freeze': [['all', ['mediator'], ['mediating']]],
  'signing/sign': [['all', sides, untilOver]],
  'signing/sign-last': [['all', ['mediator'], untilOver]],
  'signing/withdraw': [['all', everybody, untilOver]],
  'signing/decline': [['all', sides, untilOver]],
  'signing/reopen': [['all', ['mediator'], untilOver]],
  'signing/record-paper': [['all', ['mediator'], untilOver]],
}

describe('[CAS-12] who may do what', () => {
  it.each(ACT_NAMES)('[CAS-12] %s: as written here, in every room and phase, and nothing else', (act) => {
    for (const [room, audience] of Object.entries(ROOMS)) {
      for (const name of everybody) {
        const lines = ALLOWED[act].filter(([where, people]) => where === room && people.includes(name))
        expect(mayAtAll(who[name], act, audience), `${name} in ${room}`).toBe(lines.length > 0)
        for (const phase of CASE_PHASES) {
          const allowed = lines.some(([, , phases]) => phases.includes(phase))
          expect(may(who[name], act, audience, phase), `${name} in ${room}, ${phase}`).toBe(allowed)
        }
      }
    }
  })

  it('[CAS-12] each role has its traits, and none of them follows from having no side', () => {
    expect(ROLES.filter((role) => mediates({ role }))).toEqual(['mediator'])
    expect(ROLES.filter((role) => isOfSide({ role }))).toEqual(['party', 'representative'])
    expect(ROLES.filter((role) => actsByAuthority({ role }))).toEqual(['representative'])
  })
})
