import { expect, it } from 'vitest'
import type { CallMember } from '#shared/calls/call-wire.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type MediaId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { callOf } from './calls-here.ts'

const [me, other] = [asId<ParticipantId>('me'), asId<ParticipantId>('other')]
const side = sideAudience(asId<SideId>('s'))
const here = (...people: ParticipantId[]): readonly CallMember[] =>
  people.map((participantId) => ({ mediaId: asId<MediaId>(participantId), participantId, muted: false, video: false }))

it.each([
  ['nowhere', [['all', here(other)]], 'running', undefined],
  ['in the joint call', [['all', here(me, other)]], 'running', 'all'],
  ['a paused joint call is nobody’s', [['all', here(me, other)]], 'paused', undefined],
  [
    'apart, while the joint call that one was in is paused',
    [
      ['all', here(me, other)],
      [side, here(me)],
    ],
    'paused',
    side,
  ],
] as const)('[CAU-203] [WAI-20] which call somebody is in: %s', (_, calls, stage, expected) => {
  const members = new Map<Audience, readonly CallMember[]>(calls.map(([audience, people]) => [audience, people]))
  expect(callOf(me, { members }, stage)).toBe(expected)
})
