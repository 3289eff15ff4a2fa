import type { ParticipantId } from '#shared/kernel/ids.ts'

/** One device, as calls see it: a socket in the product, anything in a test. */
export interface CallConnection {
  /** As the session says who it is. */
  readonly person: ParticipantId
  send(name: string, payload: unknown): void
  /** The same to each of these devices; made into a frame once. */
  sendToAll(devices: readonly CallConnection[], name: string, payload: unknown): void
}
