// What a person says of their own later devices.
import { type ServedRoute, serve } from '#server/http/router.ts'
import { deviceAnswer, deviceLook } from '#shared/identity/access-protocol.ts'
import { devicesToAnswer } from '#shared/identity/access-state.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { AccessLog } from './note-access.ts'

interface Deps {
  readonly access: AccessLog
  readonly sessions: Pick<Sessions, 'end'>
  /** Closes those of the person's connections whose session has ended. */
  readonly revoke: (caseId: CaseId, participantId: ParticipantId) => void
}

export function accessRoutes({ access, sessions, revoke }: Deps): readonly ServedRoute[] {
  return [
    serve(deviceLook, async ({ caseId }, caller) => {
      if (caller.caseId !== caseId) throw new AppError({ kind: 'not-found' })
      return { deviceId: caller.sessionId }
    }),
    serve(deviceAnswer, async ({ caseId, deviceId, mine }, { participantId, sessionId, caseId: own }) => {
      const of = { caseId, participantId }
      const later = own === caseId ? devicesToAnswer(await access.of(of), sessionId) : []
      if (!later.some((device) => device.deviceId === deviceId)) throw new AppError({ kind: 'not-found' })
      if (mine) await access.note(of, { what: 'device-confirmed', deviceId, with: sessionId })
      else {
        await access.note(of, { what: 'device-ended', deviceId, by: participantId })
        await sessions.end(deviceId)
        revoke(caseId, participantId)
      }
      return {}
    }),
  ]
}
