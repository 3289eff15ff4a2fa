import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { DRAFT_FIELD, documentSchema } from '#shared/document/document-schema.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { HOSTILE, HostileEdit, letters, text } from '../testing/hostile-updates.ts'
import { GuardedDoc } from './guarded-doc.ts'
import { readableDocument } from './readable-document.ts'
import { shapeAfter, shapeOfText } from './shape-of-text.ts'

const p = (words = ''): DocumentNode => (words ? { type: 'paragraph', content: [{ type: 'text', text: words }] } : { type: 'paragraph' })
const c = (...content: DocumentNode[]): DocumentNode => ({ type: 'clause', attrs: { id: 'c' }, content })
const ul = (...items: DocumentNode[]): DocumentNode => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [item] })),
})
const bold: DocumentNode = { type: 'text', text: 'жирно', marks: [{ type: 'bold' }] }
const WHOLE: readonly DocumentNode[] = [
  { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: 'Соглашение' }] },
  { type: 'paragraph', content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }, bold, { type: 'text', text: 'b' }] },
  c(p('Долг'), p(), ul(p('раз'), p('два')), c(p('часть'), c(p('ещё'), c(p('глубже'))))),
]

function docOf(content: readonly DocumentNode[]): Y.Doc {
  const doc = new Y.Doc()
  prosemirrorJSONToYXmlFragment(documentSchema(), { type: 'doc', content }, doc.getXmlFragment(DRAFT_FIELD))
  return doc
}

function guarded(content: readonly DocumentNode[] = WHOLE, mayMend = false) {
  const heard = { edits: [] as Uint8Array[], unfit: 0 }
  const draft = new GuardedDoc({ onEdit: (edit) => heard.edits.push(edit), onUnfit: () => heard.unfit++, mayMend: () => mayMend })
  const first = Y.encodeStateAsUpdate(docOf(content))
  draft.take((doc) => Y.applyUpdate(doc, first))
  return { draft, heard, take: (update: Uint8Array) => draft.take((doc) => Y.applyUpdate(doc, update)) }
}

describe('the guard before the editor', () => {
  it('[DRA-90] lets every text of our schema pass, and reads it as the editor’s library does', () => {
    const { draft, heard } = guarded()
    expect(draft.health).toEqual({ kind: 'whole' })
    expect(heard).toEqual({ edits: [], unfit: 0 })
    expect(readableDocument(draft.doc)).toEqual(yXmlFragmentToProsemirrorJSON(draft.doc.getXmlFragment(DRAFT_FIELD)))
    expect(guarded([p()]).draft.health).toEqual({ kind: 'whole' })
    expect(new GuardedDoc({ onEdit: () => undefined, onUnfit: () => undefined, mayMend: () => false }).health).toEqual({ kind: 'whole' })
  })

  it.each(Object.keys(HOSTILE))('[DRA-90] knows what the editor cannot show, before any observer is told: %s', (name) => {
    const { draft, heard, take } = guarded()
    const told: string[] = []
    draft.doc.getXmlFragment(DRAFT_FIELD).observeDeep(() => told.push(`${draft.health.kind} ${heard.unfit}`))
    take(HOSTILE[name] ?? new Uint8Array())
    expect(draft.health).toEqual({ kind: 'aside', cause: 'foreign' })
    expect(told.filter((each) => each !== 'aside 1')).toEqual([])
    const words = JSON.stringify(readableDocument(draft.doc))
    for (const honest of ['Соглашение', 'Долг', 'раз', 'глубже']) expect(words).toContain(honest)
    expect(heard.edits).toEqual([])
    expect(readableDocument(guarded([p()]).draft.doc).content).toHaveLength(1)
  })

  it('[DRA-90] what Yjs itself cannot take in, or an observer that throws, sets the text aside and goes no further', () => {
    const cut = guarded()
    cut.take(Uint8Array.of(1, 1, 2, 0, 7))
    expect(cut.draft.health).toEqual({ kind: 'aside', cause: 'fault' })
    const broken = guarded()
    broken.draft.doc.getXmlFragment(DRAFT_FIELD).observeDeep(() => {
      throw new Error('the binding')
    })
    broken.take(Y.encodeStateAsUpdate(docOf([p('x')])))
    expect(broken.draft.health).toEqual({ kind: 'aside', cause: 'fault' })
  })

  it('[DRA-90] is whole again when what was foreign is gone', () => {
    const { draft, take } = guarded()
    const edit = new HostileEdit(5)
    edit.put(text)
    take(edit.bytes())
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(draft.doc))
    const fragment = other.getXmlFragment(DRAFT_FIELD)
    const before = Y.encodeStateVector(other)
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
    for (let round = 0; round < 300; round++) {
      const doc = docOf(WHOLE)
      const root = doc.getXmlFragment(DRAFT_FIELD)
      const verdicts: string[] = []
      doc.on('beforeObserverCalls', (transaction: Y.Transaction) => verdicts.push(shapeAfter(root, transaction).kind))
      const places: (Y.XmlFragment | Y.XmlElement)[] = [root]
      for (const at of places) for (const child of at.toArray()) if (child instanceof Y.XmlElement) places.push(child)
      const place = places[random.below(places.length)] ?? root
      doc.transact(() => {
        const at = random.below(place.length + 1)
        const names = ['paragraph', 'clause', 'bulletList', 'listItem', 'heading']
        const child = new Y.XmlElement(names[random.below(names.length)] ?? 'clause')
        if (random.below(2) === 0) child.insert(0, [random.below(2) === 0 ? new Y.XmlElement('paragraph') : new Y.XmlText('y')])
        if (random.below(3) > 0)
          (place as Y.XmlFragment).insert(at, [child]) // a fragment and an element take the same
        else if (place.length > 0) place.delete(Math.min(at, place.length - 1), 1)
      })
      const whole = shapeOfText(root).kind
      expect(verdicts).toEqual([whole])
      if (whole === 'foreign') foreign++
    }
    expect(foreign).toBeGreaterThan(50)
  })

  it('[DRA-92] the steps of a judgement grow no faster than the text, and a letter costs the same in a long one', () => {
    const stepsIn = (nodes: number) => {
      const doc = docOf(Array.from({ length: nodes / 4 }, (_, index) => c(p(`слово ${index}`))))
      const root = doc.getXmlFragment(DRAFT_FIELD)
      const words = ((root.get(7) as Y.XmlElement).get(0) as Y.XmlElement).get(0) as Y.XmlText // as it was made
      let letter = 0
      doc.on('beforeObserverCalls', (transaction: Y.Transaction) => {
        letter = steps(() => expect(shapeAfter(root, transaction)).toEqual({ kind: 'whole' }))
      })
      words.insert(0, 'я')
      return { full: steps(() => expect(shapeOfText(root)).toEqual({ kind: 'whole' })), letter }
    }
    const [small, large] = [stepsIn(5_000), stepsIn(20_000)]
    expect(large.full).toBeLessThan(small.full * 4.1)
    expect(large.letter).toBe(small.letter)
    expect(large.letter).toBeLessThan(10)
  })

  it('[DRA-93] what edits that met have left uneven is readable and not foreign; mending keeps every word', () => {
    const without = (content: DocumentNode[], mayMend: boolean) => {
      const { draft, heard, take } = guarded(content, mayMend)
      const other = new Y.Doc()
      Y.applyUpdate(other, Y.encodeStateAsUpdate(draft.doc))
      const before = Y.encodeStateVector(other)
      const clause = other.getXmlFragment(DRAFT_FIELD).get(0) as Y.XmlElement // the only block
      clause.delete(0, 1)
      take(Y.encodeStateAsUpdate(other, before))
      return { draft, heard }
    }
    const left = without([c(p('a'), c(p('часть'))), p('b')], false)
    expect(left.draft.health).toEqual({ kind: 'uneven' })
    expect(left.heard).toEqual({ edits: [], unfit: 1 })
    left.draft.mendNow()
    expect(left.draft.health).toEqual({ kind: 'whole' })
    expect(JSON.stringify(readableDocument(left.draft.doc))).toContain('часть')
    expect(left.heard.edits).toHaveLength(1)

    const mended = without([c(p('a'), c(p('часть'))), p('b')], true)
    expect(mended.draft.health).toEqual({ kind: 'whole' })
    expect(mended.heard).toEqual({ edits: [expect.any(Uint8Array)], unfit: 0 })

    const empty = without([c(p('a')), p('b')], true)
    expect(readableDocument(empty.draft.doc).content).toEqual([p('b')])
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
  it('[DRA-90] writes what Yjs reads, and the very bytes that once ended a room', () => {
    const edit = new HostileEdit(9)
    edit.put(letters('ab'), edit.put(text))
    const doc = new Y.Doc()
    Y.applyUpdate(doc, edit.bytes())
    expect(doc.getXmlFragment(DRAFT_FIELD).toString()).toBe('ab')
    const known = new HostileEdit(2)
    known.put(text)
    expect([...known.bytes()]).toEqual([1, 1, 2, 0, 7, 1, 9, ...new TextEncoder().encode(DRAFT_FIELD), 6, 0])
  })
})
