// One copy of a document on this device: the Yjs document behind its guard, which text of the server it is of, and how far it goes. Where
// the server's text is another one, the copy is dropped whole and a new one begun.
import * as Y from 'yjs'
import type { DraftJoined } from '#shared/drafting/draft-wire.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { type CopyOrigin, NO_COPY } from './copy-origin.ts'
import { GuardedDoc, type TextHealth } from './guard/guarded-doc.ts'
import type { Fed } from './notices/concurrent-words.ts'

interface CopyDeps {
  /** A change made on this device. */
  readonly onEdit: (update: Uint8Array) => void
  readonly onOwn: (transaction: Y.Transaction) => void
  /** What others wrote is in; what it has deleted can still be read. */
  readonly onTaken: (transaction: Y.Transaction, fed: Fed) => void
  /** The transaction with it is over, and the text can be shown. */
  readonly onFed: () => void
  readonly onUnfit: () => void
}

/** What is known of a copy that was dropped, to find which of its words are in no text any more. */
export interface EarlierCopy {
  readonly state: Uint8Array
  /** Letters of this page that the server had. */
  readonly isOwn: (client: number, clock: number) => boolean
}

export class DocumentCopy {
  readonly #deps: CopyDeps
  readonly #guarded: GuardedDoc
  #fed: Fed = 'snapshot'
  origin: CopyOrigin = NO_COPY
  /** Number of the last edit in it. */
  revision = 0
  /** The version for which the text was closed as it lay here: it is this copy, whatever anybody sends afterwards. */
  heldFor: VersionId | undefined

  constructor(deps: CopyDeps) {
    this.#deps = deps
    this.#guarded = new GuardedDoc({ ...deps, onTaken: (transaction) => deps.onTaken(transaction, this.#fed) })
  }

  get doc(): Y.Doc {
    return this.#guarded.doc
  }
  get health(): TextHealth {
    return this.#guarded.health
  }
  get clientId(): number {
    return this.doc.clientID
  }

  readonly fits = (update: Uint8Array): boolean => this.#guarded.fits(update)

  setAside(cause: 'foreign' | 'fault'): void {
    this.#guarded.setAside(cause)
  }

  /** The answer to joining goes on from it, or begins it. */
  join(answer: DraftJoined): void {
    if (answer.closed === undefined || answer.closed !== this.heldFor) {
      this.#takeAnswer(answer)
      const broughtNothing = this.origin.haveRevision > 0 && answer.snapshot === undefined && answer.updates.length === 0
      this.heldFor = broughtNothing ? answer.closed : undefined
    }
    const { epoch, haveRevision, generation, revision } = answer
    this.origin = { epoch, haveRevision, generation }
    this.revision = revision
  }

  /** Edits of others, in their order. Behind a closing the server stores none. */
  take(updates: readonly Uint8Array[], revision: number): void {
    if (this.heldFor !== undefined) return
    this.#feed({ updates }, (doc) => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
    this.reached(revision)
  }

  /** In a new generation the text is another one to be ready for, whatever its words. */
  reopen(generation: number, revision: number): void {
    if (generation !== this.origin.generation) this.reached(revision)
    this.origin = { ...this.origin, generation }
    this.heldFor = undefined
  }

  /** The last edit that is known to be in the server's text, and here. */
  reached(revision: number): void {
    this.haveUpTo(revision)
    this.revision = Math.max(this.revision, revision)
  }

  haveUpTo(revision: number): void {
    this.origin = { ...this.origin, haveRevision: Math.max(this.origin.haveRevision, revision) }
  }

  /** `unsentFrom`: the first of this page's letters that the server does not have. */
  drop(unsentFrom = Number.POSITIVE_INFINITY): EarlierCopy {
    const mine = this.clientId
    return { state: Y.encodeStateAsUpdate(this.doc), isOwn: (client, clock) => client === mine && clock < unsentFrom }
  }

  destroy(): void {
    this.#guarded.destroy()
  }

  #takeAnswer(answer: DraftJoined): void {
    const updates = answer.updates.map(fromBase64)
    this.#feed(answer.snapshot ? 'snapshot' : { updates }, (doc) => {
      if (answer.snapshot) Y.applyUpdateV2(doc, fromBase64(answer.snapshot))
      for (const update of updates) Y.applyUpdate(doc, update)
    })
  }

  #feed(fed: Fed, take: (doc: Y.Doc) => void): void {
    this.#fed = fed
    this.#guarded.take(take)
    if (this.health.kind === 'whole') this.#deps.onFed()
  }
}
