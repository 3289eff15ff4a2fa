// A shared text as Yjs holds it: for each language one list of `block` elements with their attributes, each with one run of letters.
// Reading never throws and never writes; what our grammar does not know is passed over (whether there is any says `isSound`).
import * as Y from 'yjs'
import type { Locale } from '#shared/kernel/locale.ts'
import type { DocumentBlock, Run } from './document-block.ts'
import {
  ATTRIBUTES,
  type Attribute,
  type BlockKind,
  type Duty,
  fragmentName,
  isAttributeValue,
  languageOfFragment,
  MARKS,
} from './document-grammar.ts'

export const BLOCK = 'block'

export function fragmentOf(doc: Y.Doc, language: Locale): Y.XmlFragment {
  return doc.getXmlFragment(fragmentName(language))
}

export function readBlocks(fragment: Y.XmlFragment): readonly DocumentBlock[] {
  return blockElements(fragment).map(readBlock)
}

/** The living blocks in their order. */
export function blockElements(fragment: Y.XmlFragment): readonly Y.XmlElement[] {
  const elements: Y.XmlElement[] = []
  for (const { content } of livingItems(fragment)) {
    if (content instanceof Y.ContentType && isBlock(content.type)) elements.push(content.type)
  }
  return elements
}

export function isBlock(type: unknown): type is Y.XmlElement {
  return type instanceof Y.XmlElement && type.nodeName === BLOCK
}

export function readBlock(element: Y.XmlElement): DocumentBlock {
  const value = (attribute: Attribute) => attributeOf(element, attribute)
  const text = textOf(element)
  return {
    id: (value('id') as string | undefined) ?? '',
    kind: (value('kind') as BlockKind | undefined) ?? 'paragraph',
    depth: (value('depth') as number | undefined) ?? 0,
    part: value('part') as Duty | undefined,
    continues: value('continues') as string | undefined,
    runs: text ? readRuns(text) : [],
  }
}

/** The letters of a block: the first text in it. No client of ours makes a second one. */
export function textOf(element: Y.XmlElement): Y.XmlText | undefined {
  for (const { content } of livingItems(element)) {
    if (content instanceof Y.ContentType && content.type instanceof Y.XmlText) return content.type
  }
  return undefined
}

function readRuns(text: Y.XmlText): readonly Run[] {
  const runs: Run[] = []
  const open = new Set<string>()
  for (const { content } of livingItems(text)) {
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) open.delete(content.key)
      else open.add(content.key)
    } else if (content instanceof Y.ContentString) {
      const marks = MARKS.filter((mark) => open.has(mark))
      const last = runs.at(-1)
      if (last && sameMarks(last.marks, marks)) runs[runs.length - 1] = { text: last.text + content.str, marks }
      else runs.push({ text: content.str, marks })
    }
  }
  return runs
}

export function sameMarks(a: Run['marks'], b: Run['marks']): boolean {
  return a.length === b.length && a.every((mark, index) => b[index] === mark)
}

/** A block to be inserted. */
export function blockElement(block: DocumentBlock): Y.XmlElement {
  const element = new Y.XmlElement(BLOCK)
  for (const attribute of ATTRIBUTES) {
    const value = block[attribute]
    if (value !== undefined) setBlockAttribute(element, attribute, value)
  }
  const text = new Y.XmlText()
  element.insert(0, [text])
  let at = 0
  for (const run of block.runs) {
    text.insert(at, run.text, marksToYjs(run.marks))
    at += run.text.length
  }
  return element
}

export function setBlockAttribute(element: Y.XmlElement, attribute: Attribute, value: string | number | undefined): void {
  if (value === undefined) element.removeAttribute(attribute)
  // The library's types name strings alone; values of any kind are stored as they are.
  else element.setAttribute(attribute, value as string)
}

/** As Yjs formats letters: every mark is named, so that what stands before does not colour what is inserted. */
export function marksToYjs(marks: Run['marks']): Record<string, true | null> {
  return Object.fromEntries(MARKS.map((mark) => [mark, marks.includes(mark) ? true : null]))
}

export function appendBlocks(fragment: Y.XmlFragment, blocks: readonly DocumentBlock[]): void {
  fragment.insert(fragment.length, blocks.map(blockElement))
}

export function* livingItems(type: { readonly _start: Y.Item | null }): Generator<Y.Item> {
  for (let item = type._start; item; item = item.right) if (!item.deleted) yield item
}

function attributeOf(element: Y.XmlElement, attribute: Attribute): unknown {
  const item = element._map.get(attribute)
  if (!item || item.deleted) return undefined
  const value: unknown = item.content.getContent()[item.length - 1]
  return isAttributeValue(attribute, value) ? value : undefined
}

/** Whether everything that lives in a document is of our grammar: nothing is passed over when it is read. */
export function isSound(doc: Y.Doc): boolean {
  for (const [name, type] of doc.share) {
    if (languageOfFragment(name) === undefined) return false
    for (const item of livingItems(type)) if (!isSoundBlock(item)) return false
  }
  return true
}

/** One item of a list of blocks. */
export function isSoundBlock({ content, countable }: Y.Item): boolean {
  if (!countable) return false
  if (!(content instanceof Y.ContentType) || !isBlock(content.type)) return false
  const { type } = content
  for (const [name, item] of type._map) {
    if (item.deleted) continue
    const attribute = ATTRIBUTES.find((each) => each === name)
    if (!attribute || attributeOf(type, attribute) === undefined) return false
  }
  let texts = 0
  for (const { content: inner } of livingItems(type)) {
    if (!(inner instanceof Y.ContentType) || !(inner.type instanceof Y.XmlText) || ++texts > 1) return false
    for (const { content: letters } of livingItems(inner.type)) {
      const known = letters instanceof Y.ContentFormat ? MARKS.some((mark) => mark === letters.key) : letters instanceof Y.ContentString
      if (!known) return false
    }
  }
  return true
}
