// What became of words when edits met: which of one's own went with a block that another deleted or moved, and which stayed behind at
// the end of a block whose tail another has moved. Pure looks at a transaction, to be taken before Yjs frees what it deleted, in
// `afterTransaction` or sooner; nothing is written.
import * as Y from 'yjs'
import type { BlockKind } from './document-grammar.ts'
import { blockElements, isBlock, livingItems, readBlock, textOf } from './yjs-document.ts'

/** Letters of one's own that were deleted without anybody having seen them. */
export interface LostWords {
  /** The block they stood in; empty when nothing is known of it any more. */
  readonly blockId: string
  readonly kind: BlockKind
  /** How the block began, in letters that others knew. */
  readonly beginning: string
  /** Behind how many letters of the block, as it was with these words and without those that nobody else knew. */
  readonly offset: number
  readonly text: string
  readonly fragment: Y.XmlFragment | undefined
}

/** Letters that stand at the end of a block since its tail was moved away around them. */
export interface LeftWords {
  readonly block: Y.XmlElement
  readonly text: string
}

/** A block's tail that was moved into a new one right behind it. */
export interface Split {
  readonly block: Y.XmlElement
  readonly tail: DeletedRanges
}

/** By author, which of their items an edit deletes. */
type DeletedRanges = ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>
type IsOwn = (client: number, clock: number) => boolean

/** What updates (V1) delete by name: what their authors saw and took away. Deletions that follow from them have no name. */
export function namedDeletions(updates: readonly Uint8Array[]): DeletedRanges {
  const named = new Map<number, { clock: number; len: number }[]>()
  for (const update of updates) {
    for (const [client, ranges] of Y.decodeUpdate(update).ds.clients) named.set(client, [...(named.get(client) ?? []), ...ranges])
  }
  return named
}

/**
 * The words of one's own that a transaction took away although nobody named them: they were typed into a block that was deleted, or
 * moved (then a living block has its id), before they were known there. Without `named` (a snapshot names everything that is deleted),
 * `isOwn` has to be true of what the server was not known to have, and nothing else.
 */
export function lostWords(transaction: Y.Transaction, isOwn: IsOwn, named?: DeletedRanges): readonly LostWords[] {
  const texts = new Set<Y.XmlText>()
  for (const item of deletedLetters(transaction, isOwn)) {
    if (item.parent instanceof Y.XmlText && stretchesOf(item, named).some(({ isNamed }) => !isNamed)) texts.add(item.parent)
  }
  return [...texts].flatMap((text) => lostIn(text, transaction, isOwn, named))
}

function lostIn(text: Y.XmlText, transaction: Y.Transaction, isOwn: IsOwn, named: DeletedRanges | undefined): LostWords[] {
  const parent = text._item?.parent
  const block = isBlock(parent) ? attributesOf(parent) : { id: '', kind: 'paragraph' as const, fragment: undefined }
  const found: { offset: number; text: string }[] = []
  let [offset, beginning, open] = [0, '', false]
  for (let item = text._start; item; item = item.right) {
    if (!(item.content instanceof Y.ContentString) || (item.deleted && !isIn(transaction.deleteSet.clients, item))) continue
    for (const { str, isNamed } of stretchesOf(item, named)) {
      if (item.deleted && !isNamed && isOwn(item.id.client, item.id.clock)) {
        const last = open ? found.at(-1) : undefined
        if (last) last.text += str
        else found.push({ offset, text: str })
        open = true
      } else if (isNamed || named === undefined) {
        beginning += str
        open = false
      } else continue // of a third person, who brings it along themselves
      offset += str.length
    }
  }
  return found.map((words) => ({
    blockId: block.id,
    kind: block.kind,
    fragment: block.fragment,
    beginning: beginning.slice(0, 80),
    ...words,
  }))
}

/** An item's letters in stretches: those that a deletion names, and those that it does not. One item can have both. */
function stretchesOf(
  { id, content }: Y.Item,
  named: DeletedRanges | undefined,
): readonly { readonly str: string; readonly isNamed: boolean }[] {
  const { str } = content as Y.ContentString // the caller has looked
  const ranges = named?.get(id.client) ?? []
  const stretches: { str: string; isNamed: boolean }[] = []
  for (let at = 0; at < str.length; at++) {
    const isNamed = ranges.some(({ clock, len }) => id.clock + at >= clock && id.clock + at < clock + len)
    const last = stretches.at(-1)
    if (last?.isNamed === isNamed) last.str += str.charAt(at)
    else stretches.push({ str: str.charAt(at), isNamed })
  }
  return stretches
}

/**
 * The words of an update of one's own that are not in the text although the update was taken into it: where they belonged was deleted
 * before, and perhaps nothing is known of it any more. Of an update of several, of those that are one's own.
 */
export function wordsNotIn(doc: Y.Doc, update: Uint8Array, isOwn: IsOwn = () => true): string {
  const { structs, ds } = Y.decodeUpdate(update)
  let words = ''
  let end = -1
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
    const { client, clock } = struct.id
    let at = clock
    for (const letter of struct.content.str) {
      const id = { client, clock: at }
      at += letter.length
      if (!isOwn(client, id.clock) || isIn(ds.clients, { id, length: letter.length }) || lives(doc, id)) continue
      words += words === '' || end === id.clock ? letter : ` ${letter}`
      end = id.clock + letter.length
    }
  }
  return words.trim()
}

/** Of a transaction: the tails that it has moved into new blocks right behind. */
export function splitsIn(transaction: Y.Transaction): readonly Split[] {
  const splits: Split[] = []
  for (const [type] of transaction.changed) {
    if (!(type instanceof Y.XmlFragment) || type instanceof Y.XmlElement) continue
    let before: Y.XmlElement | undefined
    for (const block of blockElements(type)) {
      const split = before && isNew(block._item, transaction) ? splitOf(before, block, transaction) : undefined
      if (split) splits.push(split)
      before = block
    }
  }
  return splits
}

function splitOf(block: Y.XmlElement, behind: Y.XmlElement, transaction: Y.Transaction): Split | undefined {
  const text = textOf(block)
  if (!text || !hasChanged(transaction, text)) return undefined
  const tail = new Map<number, { clock: number; len: number }[]>()
  let words = ''
  for (let item = text._start; item; item = item.right) {
    if (!(item.content instanceof Y.ContentString) || !item.deleted || !isIn(transaction.deleteSet.clients, item)) continue
    words += item.content.str
    tail.set(item.id.client, [...(tail.get(item.id.client) ?? []), { clock: item.id.clock, len: item.length }])
  }
  const moved = lettersOf(behind)
  return words !== '' && (moved.includes(words) || (moved !== '' && words.includes(moved))) ? { block, tail } : undefined
}

/** Words of one's own that stayed behind in blocks whose tails this transaction, of somebody else, has moved. */
export function leftBehind(transaction: Y.Transaction, isOwn: IsOwn): readonly LeftWords[] {
  return splitsIn(transaction).flatMap(({ block, tail }) =>
    wordsIn(block, tail, ({ item, within }) => within && isOwn(item.id.client, item.id.clock)),
  )
}

/**
 * Words that others had typed into the tail that an earlier split of one's own has moved. `meanwhile`: nobody can have known of the
 * split yet; else what stands at the very end may have been typed there on purpose.
 */
export function typedIntoTail(transaction: Y.Transaction, { block, tail }: Split, isOwn: IsOwn, meanwhile: boolean): readonly LeftWords[] {
  const text = textOf(block)
  if (!text || block._item?.deleted !== false || !hasChanged(transaction, text)) return []
  return wordsIn(
    block,
    tail,
    ({ item, within, behind }) => within && (behind || meanwhile) && isNew(item, transaction) && !isOwn(item.id.client, item.id.clock),
  )
}

interface Letters {
  readonly item: Y.Item
  /** Some of the tail stood before them. */
  readonly within: boolean
  /** And some behind. */
  readonly behind: boolean
}

function wordsIn(block: Y.XmlElement, tail: DeletedRanges, belongs: (letters: Letters) => boolean): readonly LeftWords[] {
  const items: Y.Item[] = []
  for (let item = textOf(block)?._start ?? null; item; item = item.right) items.push(item)
  const first = items.findIndex((item) => item.deleted && isIn(tail, item))
  const last = items.findLastIndex((item) => item.deleted && isIn(tail, item))
  let words = ''
  for (const [at, item] of items.entries()) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    if (belongs({ item, within: first >= 0 && at > first, behind: at < last })) words += item.content.str
  }
  return words === '' ? [] : [{ block, text: words }]
}

function* deletedLetters({ deleteSet, doc }: Y.Transaction, isOwn: IsOwn): Generator<Y.Item> {
  for (const [client, ranges] of deleteSet.clients) {
    const structs = doc.store.clients.get(client) ?? []
    for (const { clock, len } of ranges) {
      if (structs.length === 0) continue
      for (let at = Y.findIndexSS(structs, clock); at < structs.length; at++) {
        const struct = structs[at]
        if (!struct || struct.id.clock >= clock + len) break
        if (struct instanceof Y.Item && struct.content instanceof Y.ContentString && isOwn(client, struct.id.clock)) yield struct
      }
    }
  }
}

interface Stretch {
  readonly id: { readonly client: number; readonly clock: number }
  readonly length: number
}

function isIn(ranges: DeletedRanges, { id: { client, clock }, length }: Stretch): boolean {
  return (ranges.get(client) ?? []).some((range) => clock < range.clock + range.len && range.clock < clock + length)
}

function hasChanged({ changed }: Y.Transaction, type: unknown): boolean {
  return [...changed.keys()].some((each) => each === type)
}

function isNew(item: Y.Item | null, { beforeState }: Y.Transaction): boolean {
  return item !== null && item.id.clock >= (beforeState.get(item.id.client) ?? 0)
}

function lives({ store }: Y.Doc, { client, clock }: Stretch['id']): boolean {
  const structs = store.clients.get(client)
  if (!structs || clock >= Y.getState(store, client)) return false
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item && !struct.deleted
}

function lettersOf(block: Y.XmlElement): string {
  const text = textOf(block)
  let letters = ''
  if (text) for (const { content } of livingItems(text)) if (content instanceof Y.ContentString) letters += content.str
  return letters
}

/** Of a block that may have been deleted in this very transaction, what its attributes still say. */
function attributesOf(block: Y.XmlElement): { id: string; kind: BlockKind; fragment: Y.XmlFragment | undefined } {
  const fragment = block._item?.parent
  const value = (name: string): unknown => {
    const item = block._map.get(name)
    return item?.content.getContent()[item.length - 1]
  }
  const id = value('id')
  const kind = value('kind')
  return {
    id: typeof id === 'string' ? id : readBlock(block).id,
    kind: kind === 'clause' || kind === 'heading' || kind === 'item' ? kind : 'paragraph',
    fragment: fragment instanceof Y.XmlFragment ? fragment : undefined,
  }
}

/** Where moved words go: the living block of the same id. */
export function movedTo({ blockId, fragment }: LostWords): Y.XmlElement | undefined {
  return blockId === '' || !fragment ? undefined : blockElements(fragment).find((block) => readBlock(block).id === blockId)
}
