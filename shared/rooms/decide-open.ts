// Opening a case opens its audiences, the mediator in each but the people's own. Stands with rooms because it makes them.
import { caseOpen, caseOpened } from '#shared/cases/case-protocol.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { decided, happened, refuse, systemRule } from '#shared/log/decide.ts'
import { roomJoined } from './room-protocol.ts'

export const openRule = systemRule({
  command: caseOpen,
  sees: () => ['case'],
  decide(view, facts) {
    if (view.head('case')?.m) return refuse('conflict')
    const { id: participantId } = facts.mediator
    const sides = new Set(facts.sides.map((side) => side.id))
    const orphan = facts.people.findIndex((person) => !sides.has(person.sideId))
    if (orphan >= 0) return refuse('invalid', undefined, { field: `people.${orphan}.sideId` })
    const empty = facts.sides.findIndex((side) => !facts.people.some((person) => person.sideId === side.id))
    if (empty >= 0) return refuse('invalid', undefined, { field: `sides.${empty}` })
    const rooms: Audience[] = [
      'case',
      'all',
      'mediators',
      selfAudience(participantId),
      ...facts.sides.map((side) => sideAudience(side.id)),
      ...facts.people.map((person) => directAudience(person.id)),
    ]
    return decided(happened(caseOpened, 'case', facts), ...rooms.map((audience) => happened(roomJoined, audience, { participantId })))
  },
})
