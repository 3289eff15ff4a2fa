import type { Person } from '#shared/kernel/actor.ts'

/** One device in a draft, as the draft sees it: a socket in the product, anything in a test. */
export interface DraftConnection {
  readonly actor: Person
  /** In the joint session at this moment. */
  mayRead(): boolean
  /** ... and the session is open. */
  mayWrite(): boolean
  send(name: string, payload: unknown): void
  /** The same to each of these devices, this one among them; made into a frame once. */
  sendToAll(devices: readonly DraftConnection[], name: string, payload: unknown): void
  /** May be lost on a slow line. */
  sendDroppable(name: string, payload: unknown): void
}
