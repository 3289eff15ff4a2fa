// Presence as people are told of it: to the audiences that may know of a person, and of nobody else to whoever asks.
import type { Server } from 'socket.io'
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase } from '#server/log/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { type PresenceNotice, WIRE } from '#shared/protocol/wire.ts'
import { audienceRoom } from './audience-room.ts'
import { makePresence } from './presence.ts'
import type { RoomAccess } from './room-access.ts'

export interface PresenceRules {
  /** The audiences that may know whether this person is connected. */
  readonly presenceAudiences: (state: LoadedCase, person: ParticipantId) => readonly Audience[]
  /** Whether `viewer` may know it of `person`. */
  readonly mayKnow: (state: LoadedCase, viewer: ParticipantId, person: ParticipantId) => boolean
}

interface Deps {
  readonly log: Pick<CaseLog, 'loaded'>
  readonly access: Pick<RoomAccess, 'settle'>
  readonly timers: Timers
  readonly rules: PresenceRules
  /** Nobody takes this person to be here any more. */
  readonly onGone: (caseId: CaseId, person: ParticipantId) => void
}

export function announcePresence(io: Server, { log, access, timers, rules, onGone }: Deps) {
  const presence = makePresence({
    timers,
    tell(caseId, person, connected) {
      announce(caseId, person, connected)
      if (!connected) onGone(caseId, person)
    },
  })

  function announce(caseId: CaseId, person: ParticipantId, connected: boolean): void {
    const state = log.loaded(caseId)
    const audiences = rules.presenceAudiences(state, person)
    if (audiences.length === 0) return
    for (const audience of audiences) access.settle(caseId, state.audiences.get(audience))
    const notice: PresenceNotice = { participantId: person, connected }
    io.to(audiences.map((audience) => audienceRoom(caseId, audience))).emit(WIRE.presence, notice)
  }

  return {
    ...presence,
    /** Whom this person may know to be here. */
    connectedFor(state: LoadedCase, viewer: Person): readonly ParticipantId[] {
      return presence.connected(viewer.caseId).filter((person) => rules.mayKnow(state, viewer.id, person))
    },
  }
}
