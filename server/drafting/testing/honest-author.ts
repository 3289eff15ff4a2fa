// Somebody with our editor: an own copy of the text, changed as the editor's binding changes it, sent some time later.
import * as Y from 'yjs'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import type { Random } from '#shared/kernel/testing/random.ts'

export class HonestAuthor {
  readonly doc = new Y.Doc()
  readonly #random: Random
  #unsent: Uint8Array[] = []

  constructor(start: Uint8Array, client: number, random: Random) {
    this.doc.clientID = client
    this.#random = random
    Y.applyUpdate(this.doc, start, 'server')
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#unsent.push(update)
    })
  }

  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'server')
  }

  /** What was written since, as one edit. */
  send(): Uint8Array | undefined {
    const [only] = this.#unsent
    const update = this.#unsent.length > 1 ? Y.mergeUpdates(this.#unsent) : only
    this.#unsent = []
    return update
  }

  write(): void {
    const random = this.#random
    const blocks = this.doc.getXmlFragment(DRAFT_FIELD)
    const texts = [...blocks.createTreeWalker((node) => node instanceof Y.XmlText)].filter(
      (node): node is Y.XmlText => node instanceof Y.XmlText,
    )
    const roll = random.next()
    const text = texts.length > 0 ? random.pick(texts) : undefined
    if (text && roll < 0.5) text.insert(random.below(text.length + 1), random.pick(['а', 'слово ', '500 000 ₸']))
    else if (text && roll < 0.65 && text.length > 0) text.delete(random.below(text.length), 1)
    else if (text && roll < 0.75 && text.length > 2) text.format(random.below(text.length - 1), 2, { bold: random.chance(0.5) ? {} : null })
    else if (roll < 0.9) blocks.insert(random.below(blocks.length + 1), [clause(`h${this.doc.clientID}-${random.below(1e9)}`)])
    else if (blocks.length > 3) blocks.delete(random.below(blocks.length), 1)
  }
}

function clause(id: string): Y.XmlElement {
  const made = new Y.XmlElement('clause')
  const paragraph = new Y.XmlElement('paragraph')
  made.setAttribute('id', id)
  paragraph.insert(0, [new Y.XmlText('Сторона обязуется.')])
  made.insert(0, [paragraph])
  return made
}
