// Rooms that end by themselves: at their time, with their session; and people of a side that has left, out of those it could not see. What
// follows is so at once by what stands; here it is written down, also after a start.
import type { DueKind, DueTimes } from '#server/due/due.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { stepId } from '#server/log/step-id.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { mediationEnded, sessionEnded, sessionStarted, sideLeft } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { type Audience, audienceKind, audienceSubject, roomAudience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { asId, type CaseId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { isEvent, sliceOf, stateIn } from '#shared/log/fold.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { groupEndFact } from '#shared/rooms/group-facts.ts'
import { canOpenGroup, isGroupOpen } from '#shared/rooms/group-policy.ts'
import { groupClose, groupOpen, groupVacate } from '#shared/rooms/group-protocol.ts'
import { groupFold } from '#shared/rooms/group-state.ts'
import { membersOf, roomFold } from '#shared/rooms/room-state.ts'

const KIND = 'rooms/end-group'
const ENDING = [sessionStarted, sessionEnded, mediationEnded, sideLeft]

interface Deps {
  readonly log: Pick<CaseLog, 'loaded' | 'state' | 'step'>
  readonly due: DueTimes
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

interface GroupEnds {
  readonly fact: FactProvider
  readonly dueKind: DueKind
  readonly subscriber: Subscriber
}

export function endGroups({ log, due, clock, onTrouble }: Deps): GroupEnds {
  const close = (caseId: CaseId, roomId: RoomId) => log.step(caseId, groupClose, { roomId }, stepId(`room:close ${caseId} ${roomId}`))

  /** Rooms that are over without an event that says so, and people in a room whose side has left. */
  function look(caseId: CaseId): void {
    const { audiences } = log.loaded(caseId)
    const state = stateIn(audiences, caseFold, 'case')
    if (!state) return
    for (const [audience, folded] of audiences) {
      const roomId = roomOf(audience)
      const group = roomId && sliceOf(folded, groupFold)
      if (!group) continue
      if (group.endedAt === undefined && !isGroupOpen(group, state, clock.now())) close(caseId, roomId).catch(onTrouble)
      for (const participantId of membersOf(sliceOf(folded, roomFold))) {
        const sideId = state.facts?.people.find(({ id }) => id === participantId)?.sideId
        if (sideId !== undefined && state.leftAt[sideId] !== undefined) vacate(caseId, roomId, participantId)
      }
    }
  }

  function vacate(caseId: CaseId, roomId: RoomId, participantId: ParticipantId): void {
    log.step(caseId, groupVacate, { roomId, participantId }, stepId(`room:vacate ${caseId} ${roomId} ${participantId}`)).catch(onTrouble)
  }

  return {
    // Planned before the room is stored: a step about nothing is harmless, a room without its end would never close.
    fact: provideFact(groupEndFact, async ({ caseId, actor, input, view }) => {
      const { roomId, end } = safeParse(groupOpen.input, input)
      const audience = roomAudience(roomId)
      const state = view.state(caseFold, 'case')
      // Asked before the decision: whoever may not decide must not plan either, and what stands keeps its time.
      if (end.way === 'at' && actor.kind === 'person' && state && !view.has(audience) && canOpenGroup(actor, audience, state))
        await due.schedule(KIND, `${caseId}/${roomId}`, end.at)
      return undefined
    }),
    dueKind: {
      kind: KIND,
      async run(subject) {
        const [caseId, roomId] = subject.split('/').map((id) => asId<CaseId & RoomId>(id))
        if (!caseId || !roomId) return undefined
        const group = stateIn((await log.state(caseId)).audiences, groupFold, roomAudience(roomId))
        if (!group || group.endedAt !== undefined || group.end.way !== 'at') return undefined
        if (group.end.at > clock.now()) return group.end.at
        await close(caseId, roomId)
        return undefined
      },
    },
    subscriber: {
      name: 'ends of rooms',
      committed({ caseId, events }) {
        if (events.some((event) => ENDING.some((definition) => isEvent(event, definition)))) look(caseId)
      },
      loaded: look,
    },
  }
}

function roomOf(audience: Audience): RoomId | undefined {
  const subject = audienceKind(audience) === 'room' ? audienceSubject(audience) : undefined
  return subject === undefined ? undefined : asId<RoomId>(subject)
}
