// Carets of one document: a device has several open at once.

import type { Connection } from '#client/realtime/connection.ts'
import { type CaretNotice, DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import type { CaretEnds } from './editor/caret-plugin.ts'

export class DraftCarets {
  readonly #connection: Pick<Connection, 'tell' | 'on'>
  readonly #documentId: DocumentId
  readonly #listeners = new Set<(notice: CaretNotice) => void>()
  readonly #mayTell: () => boolean
  readonly stop: () => void

  constructor(connection: Pick<Connection, 'tell' | 'on'>, documentId: DocumentId, mayTell: () => boolean) {
    this.#connection = connection
    this.#documentId = documentId
    this.#mayTell = mayTell
    this.stop = connection.on(DRAFT_WIRE.caret, (told) => {
      const notice = told as CaretNotice // the server is ours
      if (notice.documentId === documentId) for (const listener of this.#listeners) listener(notice)
    })
  }

  listen(listener: (notice: CaretNotice) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  send(ends: CaretEnds): void {
    if (this.#mayTell()) this.#connection.tell(DRAFT_WIRE.caret, { documentId: this.#documentId, ...ends })
  }
}
