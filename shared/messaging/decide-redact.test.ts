import { describe, expect, it } from 'vitest'
import { caseFold } from '#shared/cases/case-state.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { redactionFold } from '#shared/log/redaction.ts'
import { withValue } from '#shared/log/seq-map.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { redactRule } from './decide-redact.ts'

const party: Person = {
  kind: 'person',
  caseId: asId('case'),
  id: asId<ParticipantId>('party'),
  role: 'party',
  sideId: asId<SideId>('side'),
}
const other: Person = { ...party, id: asId<ParticipantId>('other') }
const mediator: Person = { kind: 'person', caseId: asId('case'), id: asId<ParticipantId>('mediator'), role: 'mediator' }
const membership = { since: 1, until: undefined, at: 0 }
const room = { ...roomFold.initial, members: { [party.id]: membership, [other.id]: membership, [mediator.id]: membership }, lastJoin: 3 }
const SIDE: Audience = `side:${asId<SideId>('side')}`
const SIGNERS: Audience = `signers:${asId<VersionId>('version')}`

interface Asked {
  readonly actor?: Person
  readonly audience?: Audience
  readonly author?: ParticipantId | undefined
  readonly phase?: CasePhase
  readonly redacted?: number
  readonly sees?: readonly Audience[]
}

function decide({ actor = party, audience = 'all', phase = 'mediating', redacted, sees = ['case', 'all', SIDE, SIGNERS], ...rest }: Asked) {
  const gone = redactionFold.initial
  const author = 'author' in rest ? rest.author : party.id
  const states = new Map(
    sees.map((each): [Audience, AudienceState] => {
      const slices = {
        [roomFold.name]: room,
        [caseFold.name]: { ...caseFold.initial, phase },
        [redactionFold.name]: redacted === undefined ? gone : withValue(gone, redacted, { epoch: 1, by: party.id, at: 0 }),
      }
      return [each, { audience: each, epoch: 1, seq: 9, hash: '', slices }]
    }),
  )
  const deciding = { actor, now: 0, newId: () => '', seen: undefined, facts: { author } }
  return redactRule.decide(viewOf(states), { audience, epoch: 1, seq: 7 }, deciding as never) // facts of this very rule
}

const refused = (kind: string, reason?: string) => ({ decided: false, problem: reason ? { kind, reason } : { kind } })

describe('removing a message', () => {
  it.each<[string, Asked]>([
    ['its author', {}],
    ['the mediator', { actor: mediator }],
    ['the mediator, in a closed case', { actor: mediator, phase: 'closed' }],
    ['its author, in a private room', { audience: SIDE }],
  ])('[MSG-8] %s: the redaction stands in the room of the message', (_who, asked) => {
    const event = { definition: bodyRedacted, audience: asked.audience ?? 'all', body: { epoch: 1, seq: 7 } }
    expect(decide(asked)).toEqual({ decided: true, events: [event] })
  })

  it.each<[string, Asked, ReturnType<typeof refused>]>([
    ['somebody else of the room', { actor: other }, refused('forbidden')],
    ['its author, in a closed case', { phase: 'closed' }, refused('conflict', 'messaging/removal-by-mediator')],
    ['what is no message, or not there', { author: undefined }, refused('not-found')],
    ['a room of others', { audience: SIDE, sees: ['case', 'all'] }, refused('not-found')],
    ['the signers’ chain', { actor: mediator, audience: SIGNERS }, refused('not-found')],
    ['the case’s own events', { actor: mediator, audience: 'case' }, refused('not-found')],
    ['what is gone already', { redacted: 7 }, refused('conflict', 'messaging/already-removed')],
  ])('[MSG-8] %s: refused', (_who, asked, answer) => {
    expect(decide(asked)).toEqual(answer)
  })
})
