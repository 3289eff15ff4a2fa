// The Yjs document that the editor is bound to, and the guard before it: whatever arrives is judged after Yjs has taken it in and before
// any observer hears of it, so that the binding never meets what it cannot show.
import * as Y from 'yjs'
import { isSound } from '#shared/document/yjs-document.ts'
import { bringsForeign } from './foreign-content.ts'

/** What this device does with the text. */
export type TextHealth =
  | { readonly kind: 'whole' }
  /** For reading, and nothing of this device's goes out: something foreign stands in it, or it could not be taken in. */
  | { readonly kind: 'aside'; readonly cause: 'foreign' | 'fault' }

interface GuardedDocDeps {
  /** A change made on this device. */
  readonly onEdit: (update: Uint8Array) => void
  /** What others wrote is in, and every observer has been told; what it has deleted can still be read. */
  readonly onTaken: (transaction: Y.Transaction) => void
  /** The same of a change made on this device. */
  readonly onOwn: (transaction: Y.Transaction) => void
  /** Told before the binding would see the change: it has to let go of the document now. */
  readonly onUnfit: () => void
}

export class GuardedDoc {
  readonly doc = new Y.Doc()
  readonly #deps: GuardedDocDeps
  #health: TextHealth = { kind: 'whole' }

  constructor(deps: GuardedDocDeps) {
    this.#deps = deps
    this.doc.on('beforeObserverCalls', (transaction: Y.Transaction) => this.#judge(transaction))
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (this.#health.kind !== 'whole') return
      if (transaction.origin === this) deps.onTaken(transaction)
      else deps.onOwn(transaction)
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.#health.kind === 'whole') deps.onEdit(update)
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

  /** Whether an edit leans on nothing that is missing here: it would be taken in whole. */
  fits(update: Uint8Array): boolean {
    const trial = new Y.Doc()
    try {
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(this.doc))
      Y.applyUpdate(trial, update)
      return trial.store.pendingStructs === null && trial.store.pendingDs === null
    } catch {
      return false
    } finally {
      trial.destroy()
    }
  }

  setAside(cause: 'foreign' | 'fault'): void {
    this.#set({ kind: 'aside', cause })
  }

  destroy(): void {
    this.doc.destroy()
  }

  #judge(transaction: Y.Transaction): void {
    // The editor writes by the schema; a fault is not undone by what comes after it.
    if (transaction.origin !== this || (this.#health.kind === 'aside' && this.#health.cause === 'fault')) return
    try {
      const foreign = this.#health.kind === 'whole' ? bringsForeign(transaction) : !isSound(this.doc)
      this.#set(foreign ? { kind: 'aside', cause: 'foreign' } : { kind: 'whole' })
    } catch {
      this.setAside('fault')
    }
  }

  #set(health: TextHealth): void {
    const before = this.#health
    this.#health = health
    if (before.kind === 'whole' && health.kind !== 'whole') this.#deps.onUnfit()
  }
}
