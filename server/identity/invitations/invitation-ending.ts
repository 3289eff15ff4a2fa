// How ways in end: told to the person's line before it is done, except where somebody is out of the case whatever can be told.
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import type { NoteAccess } from '../access/note-access.ts'
import type { OneTimeCodes } from '../codes/one-time-codes.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { InvitationRecord, StoredInvitation } from './invitation-store.ts'
import { joinCodeOf } from './join-code.ts'

export interface InvitationEnding {
  /** Told to the person's devices before it is done; what cannot be told is not done. */
  revoke(id: InvitationId, by: ParticipantId): Promise<void>
  /** Whoever was taken out of the case is out, whether or not that can be told. `by`: who did it, if a person. */
  endAll(id: InvitationId, by: ParticipantId | undefined): Promise<void>
  endDevice(id: InvitationId, deviceId: string, by: ParticipantId): Promise<void>
}

interface Deps {
  readonly load: (id: InvitationId) => Promise<StoredInvitation>
  readonly change: (id: InvitationId, edit: (invitation: InvitationRecord) => InvitationRecord) => Promise<unknown>
  readonly codes: Pick<OneTimeCodes, 'forget'>
  readonly sessions: Pick<Sessions, 'ofInvitation' | 'isOpen' | 'end' | 'endOfInvitation'>
  readonly noteAccess: NoteAccess
  /** Closes those of the person's connections whose session has ended. */
  readonly revoke: (caseId: CaseId, participantId: ParticipantId) => void
}

export function makeInvitationEnding(deps: Deps): InvitationEnding {
  const { load, change, codes, sessions, noteAccess } = deps

  async function note(id: InvitationId, by: ParticipantId): Promise<void> {
    const { value } = await load(id)
    for (const { id: deviceId, value: session } of await sessions.ofInvitation(id))
      if (sessions.isOpen(session)) await noteAccess(value, { what: 'device-ended', deviceId, by })
  }

  async function end(id: InvitationId): Promise<void> {
    const { value } = await load(id)
    if (!value.revoked) await change(id, (invitation) => ({ ...invitation, revoked: true, link: null }))
    const { caseId, participantId } = value
    await codes.forget(joinCodeOf(id))
    await sessions.endOfInvitation(id)
    deps.revoke(caseId, participantId)
  }

  return {
    async revoke(id, by) {
      await note(id, by)
      await end(id)
    },
    async endAll(id, by) {
      try {
        if (by !== undefined) await note(id, by)
      } finally {
        await end(id)
      }
    },
    async endDevice(id, deviceId, by) {
      const { value } = await load(id)
      const device = (await sessions.ofInvitation(id)).find((session) => session.id === deviceId)
      if (!device) throw new AppError({ kind: 'not-found' })
      // An ended one is ended no second time, and nothing is told again.
      if (!sessions.isOpen(device.value)) return
      await noteAccess(value, { what: 'device-ended', deviceId, by })
      await sessions.end(deviceId)
      deps.revoke(value.caseId, value.participantId)
    },
  }
}
