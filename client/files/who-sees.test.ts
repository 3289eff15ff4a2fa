import { describe, expect, it } from 'vitest'
import { createFormats } from '#client/i18n/formats.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import type { PersonView } from '#client/rooms/people.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId } from '#shared/kernel/ids.ts'
import { whoSees } from './who-sees.ts'

const t = testTranslate('en')
const words = { t, f: createFormats({ locale: 'en', t }), called: (name: string) => name }
const BEREKE = { id: asId<never>('bereke'), name: 'Bereke' }
const DALA = { id: asId<never>('dala'), name: 'Dala' }
const person = (name: string, role: PersonView['role'], side?: PersonView['side']): PersonView => ({
  id: asId(name),
  name,
  role,
  who: 'a',
  side,
})
const mediator = person('Erlan', 'mediator')
const aigul = person('Aigul', 'party', BEREKE)
const maria = person('Maria', 'lawyer', DALA)
const lawyers = roomAudience(asId('lawyers'))
const own = sideAudience(BEREKE.id)

const room = (kind: RoomView['kind'], ...readers: readonly PersonView[]): RoomView => ({
  audience: kind === 'joint' ? 'all' : kind === 'group' ? lawyers : own,
  kind,
  who: 'a',
  side: kind === 'side' ? BEREKE : undefined,
  over: false,
  readers,
})

describe('[FIL-81] who sees a file', () => {
  it.each([
    ['joint', aigul, [mediator, aigul, maria], 'Everybody in this room sees this'],
    ['side', aigul, [mediator, aigul], 'Only you and the mediator see this'],
    ['side', mediator, [mediator, aigul], 'Only you and Aigul see this'],
    ['side', mediator, [mediator], 'Only you and Bereke see this'],
    ['group', aigul, [mediator, aigul, maria], 'Only you and these people see this: Erlan and Maria'],
    ['group', mediator, [mediator, aigul, maria], 'Only you and these people see this: Aigul and Maria'],
    ['group', mediator, [mediator], 'Only you see this'],
  ] as const)('[FIL-81] in a room of kind %s, said to %o', (kind, me, readers, said) => {
    expect(whoSees(room(kind, ...readers), { kind: 'person', caseId: asId('case'), id: me.id, role: me.role }, words)).toBe(said)
  })
})
