// What a joint call asks of a server that takes each device's sound and picture and hands them to the others.
import type { CandidateSignal } from '#shared/calls/call-wire.ts'
import type { MediaId } from '#shared/kernel/ids.ts'

export interface Sfu {
  /** Whether it can be reached now. */
  isReady(): boolean
  /** A room for one run of a call, that nobody else finds. `onLost`: it is gone, with all that were in it. */
  open(onLost: () => void): SfuRoom
  close(): void
}

/** Of each connection the device has one end and the room the other; `of` says whose sound goes through it. */
export interface SfuRoom {
  /** The device's own sound: its offer, the room's answer. Again, when it has changed its network or what it sends. */
  take(of: MediaId, offer: string): Promise<string>
  /** Another's sound for a device: the room's offer. Undefined when nothing is to be had of it any more. */
  give(to: MediaId, of: MediaId): Promise<string | undefined>
  /** The device's answer to it. */
  given(to: MediaId, of: MediaId, answer: string): Promise<void>
  candidate(to: MediaId, of: MediaId, candidate: CandidateSignal): void
  /** Its own connection, those that it listened on, and those on which the others listened to it. */
  leave(member: MediaId): void
  close(): void
}
