import { afterAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openWorkers } from '#server/open-workers.ts'
import { realSystem } from '#server/system.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { templateOf } from '#shared/drafting/template.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { readDraft } from './draft-tasks.ts'
import { draftCompact, openDraftWorker } from './open-draft-worker.ts'
import { decodeStructure } from './structure/structure-codec.ts'
import { idOf, supplyCase } from './testing/supply-case.ts'
import { scanUpdate } from './update-scan.ts'

const pool = openWorkers(realSystem())
const worker = openDraftWorker({ pool })
afterAll(() => pool.close())

const CASE = idOf<CaseId>('case')
const facts = supplyCase('ru')
const language = 'ru'

describe('the draft worker', () => {
  it('[DRA-40] makes the first entry of a draft in its own thread, reads it back the same, and it passes the scan', async () => {
    const blocks = templateOf(facts, '2026-11-22')
    const update = await worker.start(CASE, { blocks, language })
    expect(scanUpdate(update)).toBeDefined()
    expect(readDraft({ updates: [update], language })).toEqual({ ok: true, blocks })
    expect(readDraft({ updates: [update], language: 'kk' })).toEqual({ ok: true, blocks: [] })
  })

  it('[DRA-41] compacting keeps the text and says where each author stands', async () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    appendBlocks(fragmentOf(doc, language), [block('b1', 'paragraph', 0)])
    const [element] = blockElements(fragmentOf(doc, language))
    const text = element && textOf(element)
    if (!text) throw new Error('a block without its text')
    for (const letter of 'бітім') text.insert(text.length, letter)
    const { state, update, structure } = await worker.compact(CASE, { updates })
    expect(state).toBe('sound')
    expect(decodeStructure(structure).clockOf(doc.clientID)).toBe(Y.getState(doc.store, doc.clientID))
    expect(readDraft({ snapshot: update, updates: [], language })).toEqual({ ok: true, blocks: [block('b1', 'paragraph', 0, 'бітім')] })
  })

  it('[DRA-42] a text of more blocks than are read is refused as too large, and the draft worker lives on', async () => {
    const doc = new Y.Doc()
    fragmentOf(doc, language).insert(
      0,
      Array.from({ length: 50_001 }, () => new Y.XmlElement('block')),
    )
    const refused = { ok: false, faults: [{ fault: 'too-large' }] }
    expect(await worker.canonical(CASE, { updates: [Y.encodeStateAsUpdate(doc)], language })).toEqual(refused)
  })

  it('[DRA-42] a task that takes too long is ended, its case can begin its draft anew at once, and another case is served as before', async () => {
    // Six thousand authors write at the same place: each is compared with all before it.
    const updates = Array.from({ length: 6_000 }, () => {
      const doc = new Y.Doc()
      fragmentOf(doc, language).insert(0, [new Y.XmlElement('block')])
      return Y.encodeStateAsUpdate(doc)
    })
    await expect(pool.run(draftCompact, idOf<CaseId>('hasty'), { updates }, 20)).rejects.toMatchObject({ fault: 'timeout' })
    const hasty = idOf<CaseId>('hasty')
    await expect(worker.compact(hasty, { updates })).rejects.toMatchObject({ fault: 'resting' })
    const template = await worker.start(hasty, { blocks: templateOf(facts, '2026-11-22'), language })
    expect(await worker.begin(hasty, { updates: [template] })).toMatchObject({ state: 'sound' })
    expect((await worker.canonical(CASE, { updates: [], language })).ok).toBe(false)
  })

  it('[DRA-50] the words that people would sign are written in the thread too, or what keeps them from it is named', async () => {
    const update = await worker.start(CASE, { blocks: templateOf(facts, '2026-11-22'), language })
    const empty = await worker.canonical(CASE, { updates: [update], language })
    expect(empty.ok ? [] : empty.faults[0]).toMatchObject({ fault: 'empty-clause', clause: '1.' })
    const words = await worker.start(CASE, { blocks: [block('b1', 'paragraph', 0, 'Бітім')], language })
    expect(await worker.canonical(CASE, { updates: [words], language })).toEqual({ ok: true, text: 'Bitim text 1\n\n  Бітім\n' })
  })

  it.each<[string, (doc: Y.Doc) => void]>([
    ['an element that is no block', (doc) => fragmentOf(doc, language).insert(0, [new Y.XmlElement('listItem')])],
    ['blocks nested a thousand deep', (doc) => nest(doc, 1_000)],
    ['a list of another form', (doc) => doc.getXmlFragment('agreement').insert(0, [new Y.XmlElement('paragraph')])],
  ])('[DRA-43] content off the grammar is named as broken: %s', async (_, write) => {
    const doc = new Y.Doc()
    write(doc)
    const refused = { ok: false, faults: [{ fault: 'broken' }] }
    expect(await worker.canonical(CASE, { updates: [Y.encodeStateAsUpdate(doc)], language })).toEqual(refused)
  })
})

function nest(doc: Y.Doc, depth: number): void {
  let parent: Y.XmlFragment | Y.XmlElement = fragmentOf(doc, language)
  for (let i = 0; i < depth; i++) {
    const inner = new Y.XmlElement('block')
    parent.insert(0, [inner])
    parent = inner
  }
}
