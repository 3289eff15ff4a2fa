import { expect, it } from 'vitest'
import { mayAtAll } from '#shared/cases/may.ts'
import { actFaults, always, everybody, insideFirstSide, untilClosed } from '#shared/cases/testing/act-table.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { messaging } from './capability.ts'
import { postAct, removeOwnAct } from './messaging-acts.ts'

it('[CAS-12] the rights of messages are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(messaging.acts, {
      'messaging/post': [
        ['all', everybody, untilClosed],
        ['side', insideFirstSide, untilClosed],
        ['direct', ['mediator', 'party'], untilClosed],
        ['room', everybody, untilClosed],
      ],
      'messaging/mark-read': [
        ['self', ['party'], always],
        ['mediator-self', ['mediator'], always],
      ],
      'messaging/remove-own': [
        ['all', everybody, untilClosed],
        ['side', insideFirstSide, untilClosed],
        ['direct', ['mediator', 'party'], untilClosed],
        ['room', everybody, untilClosed],
      ],
      'messaging/close-record': [['all', ['mediator'], ['performing', 'closed']]],
      'messaging/remove': [
        ['all', ['mediator'], always],
        ['side', ['mediator'], always],
        ['direct', ['mediator'], always],
        ['room', ['mediator'], always],
      ],
    }),
  ).toEqual([])
})

it('[CAS-201] who only looks on or sits beside somebody writes to the mediator, and takes back what they wrote there, and nowhere else', () => {
  for (const role of ['companion', 'trainee', 'observer'] as const) {
    const person = { id: asId<ParticipantId>('o'), role }
    const written = (audience: Audience) => [postAct, removeOwnAct].map((act) => mayAtAll(person, act, audience))
    expect(written('direct:o' as Audience)).toEqual([true, true])
    for (const audience of ['all', 'case', 'side:a', 'direct:p', 'self:o', 'mediators'] as Audience[])
      expect(written(audience)).toEqual([false, false])
  }
})
