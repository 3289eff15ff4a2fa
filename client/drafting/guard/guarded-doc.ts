// The Yjs document that the editor is bound to, and the guard before it: whatever arrives is judged after Yjs has taken it in and before
// any observer hears of it, so that the binding never meets a text that it cannot show, and never "heals" one for everybody.
import * as Y from 'yjs'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { MENDING, mendText } from './mend-text.ts'
import { shapeAfter, shapeOfText, type TextShape } from './shape-of-text.ts'

/** What this device does with the text. */
export type TextHealth =
  | { readonly kind: 'whole' }
  /** For reading until somebody's device has mended it. */
  | { readonly kind: 'uneven' }
  /** For reading, and nothing of this device's goes out: something foreign stands in it, or it could not be taken in. */
  | { readonly kind: 'aside'; readonly cause: 'foreign' | 'fault' }

export interface GuardedDocDeps {
  /** A change made on this device. */
  readonly onEdit: (update: Uint8Array) => void
  /** Told before the binding would see the change: it has to let go of the document now. */
  readonly onUnfit: () => void
  /** May this device mend at once what has just become uneven, by an undo here or by what others wrote? */
  readonly mayMend: (by: 'undo' | 'others') => boolean
}

/** A list in a list in a clause: each round takes out what the one before has emptied. */
const MEND_ROUNDS = 8

export class GuardedDoc {
  readonly doc = new Y.Doc()
  readonly #deps: GuardedDocDeps
  readonly #root: Y.XmlFragment
  #health: TextHealth = { kind: 'whole' }

  constructor(deps: GuardedDocDeps) {
    this.#deps = deps
    this.#root = this.doc.getXmlFragment(DRAFT_FIELD)
    this.doc.on('beforeObserverCalls', (transaction: Y.Transaction) => this.#judge(transaction))
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === MENDING || (origin !== this && this.#health.kind === 'whole')) deps.onEdit(update)
    })
  }

  get health(): TextHealth {
    return this.#health
  }

  /** Takes in what others wrote. An exception, of Yjs or of whoever observes, sets the text aside and goes no further. */
  take(feed: (doc: Y.Doc) => void): void {
    try {
      this.doc.transact(() => feed(this.doc), this)
    } catch {
      this.setAside('fault')
    }
  }

  /** The turn of this device, when whoever should have mended has not. */
  mendNow(): void {
    if (this.#health.kind !== 'uneven') return
    this.#become(this.#mended(shapeOfText(this.#root)))
  }

  setAside(cause: 'foreign' | 'fault'): void {
    this.#set({ kind: 'aside', cause })
  }

  destroy(): void {
    this.doc.destroy()
  }

  #judge(transaction: Y.Transaction): void {
    const undo = transaction.origin instanceof Y.UndoManager
    // The editor writes by the schema; a fault is not undone by what comes after it.
    if ((transaction.origin !== this && !undo) || (this.#health.kind === 'aside' && this.#health.cause === 'fault')) return
    try {
      const shape = this.#health.kind === 'whole' ? shapeAfter(this.#root, transaction) : shapeOfText(this.#root)
      this.#become(shape.kind === 'uneven' && this.#deps.mayMend(undo ? 'undo' : 'others') ? this.#mended(shape) : shape)
    } catch {
      this.setAside('fault')
    }
  }

  #mended(shape: TextShape): TextShape {
    let now = shape
    for (let round = 0; now.kind === 'uneven' && round < MEND_ROUNDS; round++) {
      mendText(this.doc, now)
      now = shapeOfText(this.#root)
    }
    return now
  }

  #become(shape: TextShape): void {
    this.#set(shape.kind === 'foreign' ? { kind: 'aside', cause: 'foreign' } : { kind: shape.kind })
  }

  #set(health: TextHealth): void {
    const before = this.#health
    this.#health = health
    if (before.kind === 'whole' && health.kind !== 'whole') this.#deps.onUnfit()
  }
}
