// A device whose end was told is ended: where a server died between the two, it is done when the case is next read.
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { accessFold, devicesIn } from '#shared/identity/access-state.ts'
import { audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import type { Sessions } from '../sessions/sessions.ts'

interface Deps {
  readonly log: Pick<CaseLog, 'loaded'>
  readonly sessions: Pick<Sessions, 'isBound' | 'end'>
  /** Closes those of the person's connections whose session has ended. */
  readonly revoke: (caseId: CaseId, participantId: ParticipantId) => void
  readonly onTrouble: (cause: unknown) => void
}

export function endToldDevices({ log, sessions, revoke, onTrouble }: Deps): Subscriber {
  async function end(caseId: CaseId, participantId: ParticipantId, deviceId: string): Promise<void> {
    if (!(await sessions.isBound(deviceId))) return
    await sessions.end(deviceId)
    revoke(caseId, participantId)
  }
  return {
    name: 'ended devices',
    loaded(caseId) {
      const { audiences } = log.loaded(caseId)
      for (const audience of audiences.keys()) {
        if (audienceKind(audience) !== 'direct') continue
        const participantId = asId<ParticipantId>(audienceSubject(audience) ?? '')
        for (const { deviceId, ended } of devicesIn(stateIn(audiences, accessFold, audience)))
          if (ended) end(caseId, participantId, deviceId).catch(onTrouble)
      }
    },
  }
}
