// Whose words are still to be taken off this device. Said before it is begun, so that a browser that stops in the middle goes on with it the
// next time any page of ours is opened here: whoever opens one finds nothing of the other.
import { deviceStorage } from '#client/app/device-storage.ts'
import { asId, type CaseId, ID_PATTERN, type ParticipantId } from '#shared/kernel/ids.ts'

export interface PersonOfCase {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
}

export const FORGET_KEY = 'bitim.forget'

export function toForget(): readonly PersonOfCase[] {
  return (deviceStorage()?.getItem(FORGET_KEY) ?? '').split('\n').flatMap((line) => {
    const [caseId = '', participantId = ''] = line.split(' ')
    return ID_PATTERN.test(caseId) && ID_PATTERN.test(participantId) ? [{ caseId: asId(caseId), participantId: asId(participantId) }] : []
  })
}

export function markToForget(whose: PersonOfCase): void {
  write([...others(whose), whose])
}

export function dropMark(whose: PersonOfCase): void {
  if (toForget().length > 0) write(others(whose))
}

/** Costs nothing where there is nothing to do. */
export async function goOnForgetting(): Promise<void> {
  if (toForget().length > 0) await (await import('./cover-phone.ts')).forgetMarked()
}

const others = ({ participantId }: PersonOfCase) => toForget().filter((each) => each.participantId !== participantId)

function write(people: readonly PersonOfCase[]): void {
  try {
    if (people.length === 0) deviceStorage()?.removeItem(FORGET_KEY)
    else deviceStorage()?.setItem(FORGET_KEY, people.map(({ caseId, participantId }) => `${caseId} ${participantId}`).join('\n'))
  } catch {
    // a full or forbidden storage: it is taken away now, or when that room is opened here again
  }
}
