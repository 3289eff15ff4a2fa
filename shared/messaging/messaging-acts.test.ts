import { expect, it } from 'vitest'
import { actFaults, always, everybody, firstSide, untilClosed } from '#shared/cases/testing/act-table.ts'
import { messaging } from './capability.ts'

it('[CAS-12] the rights of messages are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(messaging.acts, {
      'messaging/post': [
        ['all', everybody, untilClosed],
        ['side', ['mediator', ...firstSide], untilClosed],
        ['direct', ['mediator', 'party'], untilClosed],
        ['room', everybody, untilClosed],
      ],
      'messaging/mark-read': [
        ['self', ['party'], always],
        ['mediator-self', ['mediator'], always],
      ],
      'messaging/remove-own': [
        ['all', everybody, untilClosed],
        ['side', ['mediator', ...firstSide], untilClosed],
        ['direct', ['mediator', 'party'], untilClosed],
        ['room', everybody, untilClosed],
      ],
      'messaging/remove': [
        ['all', ['mediator'], always],
        ['side', ['mediator'], always],
        ['direct', ['mediator'], always],
        ['room', ['mediator'], always],
      ],
    }),
  ).toEqual([])
})
