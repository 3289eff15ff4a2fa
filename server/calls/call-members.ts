// Who is in the calls of one case: a device of a person at most, in one call at most.
import type { CallMember } from '#shared/calls/call-wire.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { MediaId, ParticipantId } from '#shared/kernel/ids.ts'
import type { CallConnection } from './call-connection.ts'

export interface Membership {
  readonly mediaId: MediaId
  readonly audience: Audience
  readonly person: ParticipantId
  /** Undefined while the device is looking for another network. */
  connection: CallConnection | undefined
  muted: boolean
  video: boolean
  /** Stops counting down to its end. */
  cancel: (() => void) | undefined
}

export class CallMembers {
  readonly #byId = new Map<MediaId, Membership>()

  get size(): number {
    return this.#byId.size
  }
  all(): readonly Membership[] {
    return [...this.#byId.values()]
  }
  in(audience: Audience): readonly Membership[] {
    return this.all().filter((each) => each.audience === audience)
  }
  byId(mediaId: MediaId): Membership | undefined {
    return this.#byId.get(mediaId)
  }
  ofPerson(person: ParticipantId): Membership | undefined {
    return this.all().find((each) => each.person === person)
  }
  ofConnection(connection: CallConnection): Membership | undefined {
    return this.all().find((each) => each.connection === connection)
  }
  add(membership: Membership): void {
    this.#byId.set(membership.mediaId, membership)
  }
  remove({ mediaId }: Membership): void {
    this.#byId.get(mediaId)?.cancel?.()
    this.#byId.delete(mediaId)
  }
  shown(audience: Audience): readonly CallMember[] {
    return this.in(audience).map(({ mediaId, person, muted, video }) => ({ mediaId, participantId: person, muted, video }))
  }
}
