// Somebody with our editor: an own copy of the text, changed as the editor's binding changes it, sent some time later.
import * as Y from 'yjs'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { BLOCK_KINDS } from '#shared/document/document-grammar.ts'
import {
  blockElement,
  blockElements,
  fragmentOf,
  marksToYjs,
  readBlocks,
  setBlockAttribute,
  textOf,
} from '#shared/document/yjs-document.ts'
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

  get blocks(): readonly DocumentBlock[] {
    return readBlocks(fragmentOf(this.doc, 'ru'))
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
    this.doc.transact(() => {
      const elements = blockElements(fragmentOf(this.doc, 'ru'))
      if (elements.length === 0 || this.#random.chance(0.15)) this.#insert(this.#random.below(elements.length + 1))
      else this.#change(elements, this.#random.below(elements.length))
    })
  }

  #change(elements: readonly Y.XmlElement[], at: number): void {
    const random = this.#random
    const element = elements[at]
    const text = element && textOf(element)
    const roll = random.next()
    if (text && roll < 0.5) text.insert(random.below(text.length + 1), random.pick(['а', 'слово ', '500 000 ₸', '\n']))
    else if (text && roll < 0.65 && text.length > 0) text.delete(random.below(text.length), 1)
    else if (text && roll < 0.75 && text.length > 2)
      text.format(random.below(text.length - 1), 2, marksToYjs(random.chance(0.5) ? ['bold'] : []))
    else if (text && roll < 0.8) this.#split(text, at)
    else if (element && roll < 0.86) setBlockAttribute(element, 'depth', random.below(5))
    else if (element && roll < 0.9) setBlockAttribute(element, 'kind', random.pick(BLOCK_KINDS))
    else if (element && roll < 0.95)
      setBlockAttribute(element, 'continues', random.chance(0.7) ? this.blocks[at - 1]?.id || undefined : undefined)
    else if (elements.length > 3) fragmentOf(this.doc, 'ru').delete(at, 1)
  }

  /** The tail moves into a new block behind. */
  #split(text: Y.XmlText, at: number): void {
    const offset = this.#random.below(text.length + 1)
    const tail = text.toString().slice(offset)
    text.delete(offset, text.length - offset)
    this.#insert(at + 1, tail)
  }

  #insert(at: number, words = 'Сторона обязуется.'): void {
    const id = `h${this.doc.clientID}-${this.#random.below(1e9)}`
    fragmentOf(this.doc, 'ru').insert(at, [blockElement(block(id, 'clause', 1, words))])
  }
}
