import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { block, type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { fragmentName } from '#shared/document/document-grammar.ts'
import { appendBlocks, blockElements, fragmentOf, isSound, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { documentOfDraft } from '../document-of-draft.ts'
import { HOSTILE, HostileEdit, letters, text } from '../testing/hostile-updates.ts'
import { docOf } from '../testing/open-editor.ts'
import { bringsForeign } from './foreign-content.ts'
import { GuardedDoc } from './guarded-doc.ts'

const WHOLE: readonly DocumentBlock[] = [
  block('a', 'heading', 1, 'Соглашение'),
  {
    ...block('b', 'paragraph', 0),
    runs: [
      { text: 'a\n', marks: [] },
      { text: 'жирно', marks: ['bold'] },
    ],
  },
  block('c', 'clause', 1, 'Долг'),
  block('d', 'item', 1, 'раз'),
  block('e', 'clause', 6, 'глубже', { continues: 'nowhere' }),
]

function guarded(content: readonly DocumentBlock[] = WHOLE) {
  const heard = { edits: [] as Uint8Array[], unfit: 0, taken: 0 }
  const draft = new GuardedDoc({
    onEdit: (edit) => heard.edits.push(edit),
    onOwn: () => undefined,
    onTaken: () => heard.taken++,
    onUnfit: () => heard.unfit++,
  })
  const first = Y.encodeStateAsUpdate(docOf(content))
  draft.take((doc) => Y.applyUpdate(doc, first))
  return { draft, heard, take: (update: Uint8Array) => draft.take((doc) => Y.applyUpdate(doc, update)) }
}
const words = (doc: Y.Doc) => documentOfDraft(doc, 'ru').map(wordsOf).join('|')

describe('the guard before the editor', () => {
  it('[DRA-90] lets every text of our grammar pass, however odd, and reads it whole', () => {
    const { draft, heard } = guarded()
    expect(draft.health).toEqual({ kind: 'whole' })
    expect(heard).toEqual({ edits: [], unfit: 0, taken: 1 })
    expect(documentOfDraft(draft.doc, 'ru')).toEqual(WHOLE)
    expect(guarded([]).draft.health).toEqual({ kind: 'whole' })
  })

  it.each(Object.keys(HOSTILE))('[DRA-90] knows what the editor cannot show, before any observer is told: %s', (name) => {
    const { draft, heard, take } = guarded()
    const told: string[] = []
    fragmentOf(draft.doc, 'ru').observeDeep(() => told.push(`${draft.health.kind} ${heard.unfit}`))
    take(HOSTILE[name] ?? new Uint8Array())
    expect(draft.health).toEqual({ kind: 'aside', cause: 'foreign' })
    expect(told.filter((each) => each !== 'aside 1')).toEqual([])
    for (const honest of ['Соглашение', 'Долг', 'раз', 'глубже']) expect(words(draft.doc)).toContain(honest)
    expect(heard).toEqual({ edits: [], unfit: 1, taken: 1 })
  })

  it('[DRA-90] what Yjs itself cannot take in, or an observer that throws, sets the text aside and goes no further', () => {
    const cut = guarded()
    cut.take(Uint8Array.of(1, 1, 2, 0, 7))
    expect(cut.draft.health).toEqual({ kind: 'aside', cause: 'fault' })
    const broken = guarded()
    fragmentOf(broken.draft.doc, 'ru').observeDeep(() => {
      throw new Error('the binding')
    })
    broken.take(Y.encodeStateAsUpdate(docOf([block('x', 'paragraph', 0, 'x')])))
    expect(broken.draft.health).toEqual({ kind: 'aside', cause: 'fault' })
  })

  it('[DRA-90] is whole again when what was foreign is gone', () => {
    const { draft, take } = guarded()
    const edit = new HostileEdit(5)
    edit.put(text)
    take(edit.bytes())
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(draft.doc))
    const before = Y.encodeStateVector(other)
    const fragment = fragmentOf(other, 'ru')
    fragment.delete(
      fragment.toArray().findIndex((child) => child instanceof Y.XmlText),
      1,
    )
    take(Y.encodeStateAsUpdate(other, before))
    expect(draft.health).toEqual({ kind: 'whole' })
  })

  it('[DRA-92] judges what an edit touched as it would judge the whole text', () => {
    const random = new Random(92)
    let foreign = 0
    for (let round = 0; round < 400; round++) {
      const doc = docOf(WHOLE)
      const list = fragmentOf(doc, 'ru')
      const verdicts: boolean[] = []
      doc.on('beforeObserverCalls', (transaction: Y.Transaction) => verdicts.push(bringsForeign(transaction)))
      const blocks = blockElements(list)
      const at = blocks[random.below(blocks.length)]
      const words = at && textOf(at)
      if (!at || !words) throw new Error('a block')
      const acts: readonly (() => void)[] = [
        () => list.insert(random.below(5), [random.below(2) === 0 ? new Y.XmlElement('clause') : new Y.XmlElement('block')]),
        () => at.insert(0, [random.below(2) === 0 ? new Y.XmlText('y') : new Y.XmlElement('block')]),
        () => at.setAttribute(random.below(2) === 0 ? 'kind' : 'class', random.below(2) === 0 ? 'clause' : 'nothing'),
        () => words.insert(0, 'y', random.below(2) === 0 ? { bold: true } : { link: 'x' }),
        () => list.delete(random.below(5), 1),
        () => words.delete(0, 1),
        () => words.insertEmbed(0, {}),
        () => fragmentOf(doc, 'kk').insert(0, [new Y.XmlElement(random.below(2) === 0 ? 'block' : 'p')]),
      ]
      doc.transact(() => {
        for (let times = random.below(2); times >= 0; times--) acts[random.below(acts.length)]?.()
      })
      expect(verdicts).toEqual([!isSound(doc)])
      if (verdicts[0]) foreign++
    }
    expect(foreign).toBeGreaterThan(100)
    expect(foreign).toBeLessThan(300)
  })

  it('[DRA-92] the steps of a judgement grow no faster than the text, and a letter costs the same in a long one', () => {
    const stepsIn = (count: number) => {
      const doc = docOf(Array.from({ length: count }, (_, index) => block(`b${index}`, 'clause', 1, `слово ${index}`)))
      const [, , seventh] = blockElements(fragmentOf(doc, 'ru'))
      const words = seventh && textOf(seventh)
      let letter = 0
      doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
        letter = steps(() => expect(bringsForeign(transaction)).toBe(false))
      })
      words?.insert(0, 'я')
      return { full: steps(() => expect(isSound(doc)).toBe(true)), letter }
    }
    const [small, large] = [stepsIn(1_000), stepsIn(4_000)]
    expect(large.full).toBeLessThan(small.full * 4.1)
    expect(large.letter).toBe(small.letter)
    expect(large.letter).toBeLessThan(20)
  })
})

/** How many items of the document were looked at. */
function steps(run: () => void): number {
  const looking = vi.spyOn(Y.Item.prototype, 'deleted', 'get')
  run()
  const { length } = looking.mock.calls
  looking.mockRestore()
  return length
}

describe('the builder of hostile edits', () => {
  it('[DRA-90] writes what Yjs reads, byte by byte', () => {
    const edit = new HostileEdit(9)
    edit.put(letters('ab'), edit.put(text))
    const doc = new Y.Doc()
    Y.applyUpdate(doc, edit.bytes())
    expect(fragmentOf(doc, 'ru').toString()).toBe('ab')
    expect(readBlocks(fragmentOf(doc, 'ru'))).toEqual([])
    const known = new HostileEdit(2)
    known.put(text)
    const name = new TextEncoder().encode(fragmentName('ru'))
    expect([...known.bytes()]).toEqual([1, 1, 2, 0, 7, 1, name.length, ...name, 6, 0])
    const filled = new Y.Doc()
    appendBlocks(fragmentOf(filled, 'ru'), WHOLE)
    expect(isSound(filled)).toBe(true)
  })
})
