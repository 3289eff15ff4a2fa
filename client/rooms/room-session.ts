import type { OwnCodeDemand } from '#client/http/own-code-demand.ts'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import type { FreshToken } from '#client/realtime/token-renewal.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

/** How a person has come into a case on this device; found by the entry, used by the room. */
export interface RoomSession {
  readonly caseId: CaseId
  readonly participantId?: ParticipantId
  /** 'ended': a new code or a new sign-in is needed. Rejects when the server cannot be reached. */
  readonly freshToken: (options: { renew: boolean }) => Promise<FreshToken | 'ended'>
  /** Asks for the person's own code where the server wants it first; undefined for whoever has none on this device. */
  readonly ownCode?: OwnCodeDemand
  /** False: "not my device", nothing stays. */
  readonly keep: boolean
  /** False for mediators: private words do not rest on their disk. */
  readonly storeOutbox: boolean
  /** Numbers to call people at, where this person may know them (a mediator). */
  readonly phones?: () => Promise<ReadonlyMap<ParticipantId, string>>
  /** Who else of this case is in on this device and has not given it away. */
  readonly besides?: () => Promise<readonly OpenPerson[]>
  /** Where a mediator goes from here. */
  readonly home?: string
  /** This person has left or was removed: whatever else this device knows of the session goes too. */
  onGone(): void
}
