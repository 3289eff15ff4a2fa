import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { leftBehind, lostWords, movedTo, namedDeletions, type Split, splitsIn, typedIntoTail, wordsNotIn } from './concurrent-edits.ts'
import { block, type DocumentBlock } from './document-block.ts'
import { appendBlocks, blockElement, blockElements, fragmentOf, readBlock, readBlocks, textOf } from './yjs-document.ts'

/** Two people with the same text; each acts before hearing of the other, then the second hears of the first. */
function meeting(blocks: readonly DocumentBlock[], theirs: (list: Y.XmlFragment) => void, mine: (list: Y.XmlFragment) => void) {
  const first = new Y.Doc()
  appendBlocks(fragmentOf(first, 'ru'), blocks)
  const [other, me] = [new Y.Doc(), new Y.Doc()]
  for (const doc of [other, me]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first))
  const act = (doc: Y.Doc, change: (list: Y.XmlFragment) => void) => {
    const before = Y.encodeStateVector(doc)
    doc.transact(() => change(fragmentOf(doc, 'ru')))
    return Y.encodeStateAsUpdate(doc, before)
  }
  const update = act(other, theirs)
  const own = act(me, mine)
  const isOwn = (client: number) => client === me.clientID
  const hear = <T>(look: (transaction: Y.Transaction) => T): T => {
    let found: T | undefined
    const listen = (transaction: Y.Transaction) => {
      found = look(transaction)
    }
    me.on('afterTransaction', listen)
    Y.applyUpdate(me, update)
    me.off('afterTransaction', listen)
    if (found === undefined) throw new Error('nothing came')
    return found
  }
  return { update, own, me, isOwn, hear }
}
function at(list: Y.XmlFragment, index: number): Y.XmlElement {
  const element = blockElements(list)[index]
  if (!element) throw new Error('there is one')
  return element
}
function letters(list: Y.XmlFragment, index: number): Y.XmlText {
  const text = textOf(at(list, index))
  if (!text) throw new Error('there is one')
  return text
}
const ONE = [block('a', 'clause', 1, 'hello world'), block('b', 'clause', 1, 'next')]
const type = (words: string, offset: number) => (list: Y.XmlFragment) => letters(list, 0).insert(offset, words)
const deleteFirst = (list: Y.XmlFragment) => list.delete(0, 1)
function split(list: Y.XmlFragment): void {
  letters(list, 0).delete(5, 6)
  list.insert(1, [blockElement(block('new', 'clause', 1, ' world'))])
}

describe('[DRA-87] words that went with a block', () => {
  it('[DRA-87] are those that the deletion does not name, with their block and place', () => {
    const { hear, isOwn, update } = meeting(ONE, deleteFirst, (list) => {
      type('MY', 6)(list)
      type(' AND', 13)(list)
    })
    const lost = hear((transaction) => lostWords(transaction, isOwn, namedDeletions([update])))
    expect(lost).toMatchObject([
      { blockId: 'a', kind: 'clause', beginning: 'hello world', offset: 6, text: 'MY' },
      { blockId: 'a', kind: 'clause', beginning: 'hello world', offset: 13, text: ' AND' },
    ])
    expect(lost.map(movedTo)).toEqual([undefined, undefined])
  })

  it('[DRA-87] are not those that the other had seen, nor what one has deleted oneself, nor anybody else’s', () => {
    const nothing = meeting(ONE, deleteFirst, (list) => letters(list, 0).delete(0, 3))
    expect(nothing.hear((transaction) => lostWords(transaction, nothing.isOwn, namedDeletions([nothing.update])))).toEqual([])
    const others = meeting(ONE, deleteFirst, type('MY', 6))
    expect(others.hear((transaction) => lostWords(transaction, () => false, namedDeletions([others.update])))).toEqual([])
    const letter = meeting(ONE, (list) => letters(list, 0).delete(0, 11), type('MY', 6))
    expect(letter.hear((transaction) => lostWords(transaction, letter.isOwn, namedDeletions([letter.update])))).toEqual([])
  })

  it('[DRA-87] belong to the living block of the same id where it was moved', () => {
    const { hear, isOwn, update } = meeting(
      ONE,
      (list) => {
        const moved = readBlocks(list)[0]
        list.delete(0, 1)
        if (moved) list.insert(1, [blockElement(moved)])
      },
      type('MY', 6),
    )
    const [lost] = hear((transaction) => lostWords(transaction, isOwn, namedDeletions([update])))
    const target = lost && movedTo(lost)
    expect(target && readBlock(target)).toEqual(ONE[0])
  })

  it('[DRA-87] of one’s own update are known too when nothing is left of their block', () => {
    const { me, own, update, isOwn } = meeting(ONE, deleteFirst, type('MY', 6))
    expect(wordsNotIn(me, own)).toBe('')
    Y.applyUpdate(me, update)
    expect(wordsNotIn(me, own)).toBe('MY')
    expect(wordsNotIn(me, own, isOwn)).toBe('MY')
    expect(wordsNotIn(me, own, () => false)).toBe('')
    const fresh = new Y.Doc()
    Y.applyUpdate(fresh, Y.encodeStateAsUpdate(me))
    expect(wordsNotIn(fresh, own)).toBe('MY')
  })
})

describe('[DRA-88] words in a tail that was moved', () => {
  it.each([
    [8, 'in the middle'],
    [11, 'at the end'],
  ])('[DRA-88] typed %s letters in (%s) are found by who typed', (offset) => {
    const { hear, isOwn, me } = meeting(ONE, split, type('MY', offset))
    const found = hear((transaction) => leftBehind(transaction, isOwn))
    expect(found.map(({ text }) => text)).toEqual(['MY'])
    expect(readBlocks(fragmentOf(me, 'ru')).map(({ runs }) => runs.map(({ text }) => text).join(''))).toEqual(['helloMY', ' world', 'next'])
  })

  it('[DRA-88] typed before the place are no news, nor is a deletion without a new block', () => {
    const before = meeting(ONE, split, type('MY', 2))
    expect(before.hear((transaction) => leftBehind(transaction, before.isOwn))).toEqual([])
    const deletion = meeting(ONE, (list) => letters(list, 0).delete(5, 6), type('MY', 8))
    expect(deletion.hear((transaction) => leftBehind(transaction, deletion.isOwn))).toEqual([])
  })

  it.each([
    [8, false, ['MY']],
    [11, false, []],
    [11, true, ['MY']],
    [2, true, []],
  ] as const)(
    '[DRA-88] typed by another %s letters in are found by who divided (nobody can have known: %s)',
    (offset, meanwhile, words) => {
      let splits: readonly Split[] = []
      const { hear, isOwn, me } = meeting(ONE, type('MY', offset), (list) => {
        list.doc?.once('afterTransaction', (transaction: Y.Transaction) => {
          splits = splitsIn(transaction)
        })
        split(list)
      })
      expect(splits).toHaveLength(1)
      const [own] = splits
      const found = hear((transaction) => (own ? typedIntoTail(transaction, own, isOwn, meanwhile) : []))
      expect(found.map(({ text }) => text)).toEqual(words)
      expect(me.clientID).toBeGreaterThan(0)
    },
  )
})
