// Devices with one text between them, and a server that is nothing but an order: each device sends what it wrote when it likes, and
// hears what stands in the order when it likes.
import * as Y from 'yjs'
import type { DocumentBlock } from '../document-block.ts'
import { appendBlocks, fragmentOf } from '../yjs-document.ts'
import { HeadlessEditor } from './headless-editor.ts'

export const LANGUAGE = 'en'
const FROM_SERVER = 'server'

export class SharedSession {
  readonly devices: readonly SessionDevice[]
  /** All edits in their order, the one that began the text first. */
  readonly edits: { readonly from: SessionDevice | undefined; readonly update: Uint8Array }[] = []
  #ids = 0

  constructor(blocks: readonly DocumentBlock[], people: number) {
    const first = new Y.Doc()
    first.clientID = 1
    appendBlocks(fragmentOf(first, LANGUAGE), blocks)
    this.edits.push({ from: undefined, update: Y.encodeStateAsUpdate(first) })
    this.devices = Array.from({ length: people }, (_, index) => new SessionDevice(this, index + 2, () => `n${++this.#ids}`))
    for (const device of this.devices) device.hear()
  }

  /** Everybody sends, then hears, everything; again, because Yjs tidies marks after hearing, which is an edit too. */
  settle(): void {
    do {
      for (const device of this.devices) device.send()
      for (const device of this.devices) device.hear()
    } while (this.devices.some((device) => device.hasUnsent))
  }

  close(): void {
    for (const { editor } of this.devices) editor.close()
  }
}

export class SessionDevice {
  readonly doc = new Y.Doc()
  readonly editor: HeadlessEditor
  /** Told of each edit before it is taken in, and of the transaction that takes it in. */
  onHeard: ((update: Uint8Array, apply: () => void) => void) | undefined
  readonly #session: SharedSession
  #unsent: Uint8Array[] = []
  #heard = 0

  constructor(session: SharedSession, clientId: number, newId: () => string) {
    this.#session = session
    this.doc.clientID = clientId
    this.editor = new HeadlessEditor({ doc: this.doc, language: LANGUAGE, newId })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_SERVER) this.#unsent.push(update)
    })
  }

  get hasUnsent(): boolean {
    return this.#unsent.length > 0
  }

  send(): void {
    if (this.#unsent.length === 0) return
    this.#session.edits.push({ from: this, update: Y.mergeUpdates(this.#unsent.splice(0)) })
  }

  /** The next so many edits of the order; one's own are known. */
  hear(count = Number.POSITIVE_INFINITY): void {
    for (let left = count; left > 0 && this.#heard < this.#session.edits.length; left--) {
      const edit = this.#session.edits[this.#heard++]
      if (!edit || edit.from === this) continue
      const apply = () => Y.applyUpdate(this.doc, edit.update, FROM_SERVER)
      if (this.onHeard) this.onHeard(edit.update, apply)
      else apply()
    }
  }
}
