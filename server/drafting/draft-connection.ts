import type { CaseDocument } from '#shared/document/case-documents.ts'
import type { Person } from '#shared/kernel/actor.ts'

/** One device, as the documents see it that it has open: a socket in the product, anything in a test. */
export interface DraftConnection {
  readonly actor: Person
  /** As the case stands at this moment. */
  mayRead(document: CaseDocument): boolean
  mayWrite(document: CaseDocument): boolean
  /** The saved states of the settlement. */
  mayRestore(): boolean
  /** The number of the settlement that this person has said "ready" of. */
  readyOf(): number | undefined
  send(name: string, payload: unknown): void
  /** The same to each of these devices, this one among them; made into a frame once. */
  sendToAll(devices: readonly DraftConnection[], name: string, payload: unknown): void
  /** May be lost on a slow line. */
  sendDroppable(name: string, payload: unknown): void
}
