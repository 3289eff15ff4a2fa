// Edits of earlier page lives of the same person, and of this page before it had to fetch the text anew: brought in at joining, piece by
// piece, or kept for copying. Whatever becomes of them, no record is sent for ever.
import { encodeEdit, MAX_EDIT_BYTES } from '#shared/drafting/draft-frames.ts'
import type { DraftJoined, FrameAck } from '#shared/drafting/draft-wire.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import { outcomeOf } from './frame-outcome.ts'
import type { Unsent } from './save-state.ts'
import type { UnsentEdits, UnsentStorage } from './unsent-storage.ts'

interface StoredEditsDeps {
  readonly storage: UnsentStorage | undefined
  readonly documentId: DocumentId
  /** Whether an update of these, behind the earlier ones, leans on nothing that is missing in the text. */
  readonly fits: (update: Uint8Array) => boolean
  /** Rejects when the connection is lost. */
  readonly ask: (frame: string) => Promise<FrameAck>
  /** The case's log says that the text is frozen. */
  readonly frozen: () => boolean
  readonly keepForCopying: (updates: readonly Uint8Array[]) => void
  readonly taken: (update: Uint8Array, revision: number) => void
}

type Sent = 'done' | 'lost' | 'later'

/** So often in a row may the connection be lost over one record before the record is what is wrong. */
export const MAX_LOSSES = 8

export class StoredEdits {
  readonly #deps: StoredEditsDeps
  readonly #ofThisPage = new Map<number, UnsentEdits>()
  readonly #losses = new Map<number, number>()
  #givenUp: Uint8Array[] = []
  /** Page lives whose edits wait. */
  readonly #waiting: Set<number>

  constructor(deps: StoredEditsDeps) {
    this.#deps = deps
    this.#waiting = new Set(deps.storage?.load().map(({ clientId }) => clientId))
  }

  get unsent(): Unsent {
    if (this.#waiting.size === 0) return 'nothing'
    const keeping = this.#deps.storage?.keeping() ?? 'refused'
    // what earlier lives have left rests there in any case
    if (keeping === 'refused') return this.#ofThisPage.size > 0 ? 'on-page' : 'on-device'
    return keeping === 'kept' ? 'on-device' : 'being-kept'
  }

  /** Left by earlier lives of this page, or by one that is still open beside it: sending them twice does no harm. */
  but(clientId: number): readonly UnsentEdits[] {
    const found = new Map([...(this.#deps.storage?.load() ?? []).map((edits) => [edits.clientId, edits] as const), ...this.#ofThisPage])
    found.delete(clientId)
    return [...found.values()]
  }

  leave(edits: UnsentEdits): void {
    this.#ofThisPage.set(edits.clientId, edits)
    this.#waiting.add(edits.clientId)
  }

  /** Nobody will take them any more; `clientId` is that of the copy which is open. */
  giveUpAll(clientId: number): void {
    for (const edits of this.but(clientId)) this.#giveUp(edits, edits.updates)
    this.#keepGivenUp()
  }

  /** The page goes: what lives in it alone is for copying. */
  close(): void {
    if (this.unsent === 'on-page') for (const edits of [...this.#ofThisPage.values()]) this.#giveUp(edits, edits.updates)
    this.#keepGivenUp()
  }

  /** 'lost': the connection was. 'later': something was refused for now. What is left waits for the next time. */
  async send(stored: readonly UnsentEdits[], answer: DraftJoined): Promise<Sent> {
    const sent = await this.#sendAll(stored, answer)
    this.#keepGivenUp()
    return sent
  }

  async #sendAll(stored: readonly UnsentEdits[], answer: DraftJoined): Promise<Sent> {
    let sent: Sent = 'done'
    for (const edits of stored) {
      const open = answer.closed === undefined
      const fits = edits.generation === answer.generation && open && answer.ownIds.includes(edits.clientId)
      const mayOpenAgain = !open && edits.generation === answer.generation && !this.#deps.frozen()
      if (fits) {
        const one = await this.#sendOne(edits)
        if (one === 'lost') return one
        if (one === 'later') sent = one
      } else if (!mayOpenAgain) this.#giveUp(edits, edits.updates)
    }
    return sent
  }

  async #sendOne(edits: UnsentEdits): Promise<Sent> {
    const { clientId, generation, updates } = edits
    for (const [at, update] of updates.entries()) {
      const rest = updates.slice(at)
      if (update.length > MAX_EDIT_BYTES || !this.#deps.fits(update)) return this.#giveUp(edits, rest)
      let ack: FrameAck
      try {
        ack = await this.#deps.ask(encodeEdit({ documentId: this.#deps.documentId, kind: 'stored', generation, update }))
      } catch {
        const losses = (this.#losses.get(clientId) ?? 0) + 1
        this.#losses.set(clientId, losses)
        if (losses >= MAX_LOSSES) this.#giveUp(edits, rest)
        return 'lost'
      }
      this.#losses.delete(clientId)
      if (!ack.ok) return outcomeOf(ack.problem) === 'give-up' ? this.#giveUp(edits, rest) : 'later'
      this.#deps.taken(update, ack.value)
    }
    this.#drop(clientId)
    return 'done'
  }

  #giveUp({ clientId }: UnsentEdits, updates: readonly Uint8Array[]): 'done' {
    this.#givenUp.push(...updates)
    this.#drop(clientId)
    return 'done'
  }

  /** Of all page lives together, so that their words stand in the order of the text. */
  #keepGivenUp(): void {
    if (this.#givenUp.length > 0) this.#deps.keepForCopying(this.#givenUp)
    this.#givenUp = []
  }

  #drop(clientId: number): void {
    this.#ofThisPage.delete(clientId)
    this.#losses.delete(clientId)
    this.#waiting.delete(clientId)
    this.#deps.storage?.drop(clientId)
  }
}
