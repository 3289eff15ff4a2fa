import { afterAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openWorkers } from '#server/open-workers.ts'
import { realSystem } from '#server/system.ts'
import type { CaseBody } from '#shared/cases/case-protocol.ts'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { skeletonOf } from '#shared/drafting/skeleton.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { decodeStructure } from './structure/structure-codec.ts'
import { idOf, supplyCase } from './testing/supply-case.ts'
import { scanUpdate } from './update-scan.ts'
import { draftCompact, openWorkshop } from './workshop.ts'
import { readDraft } from './workshop-tasks.ts'

const pool = openWorkers(realSystem())
const workshop = openWorkshop({ pool })
afterAll(() => pool.close())

const CASE = idOf<CaseId>('case')
const facts: CaseBody = supplyCase('ru')

describe('the workshop', () => {
  it('[DRA-40] makes the first entry of a draft in its own thread, reads it back the same, and it passes the door', async () => {
    const document = skeletonOf(facts, '2026-11-22')
    const update = await workshop.start(CASE, document)
    expect(scanUpdate(update)).toBeDefined()
    const read = readDraft({ updates: [update] })
    expect(read.ok && read.document.content?.length).toBe(document.content?.length)
  })

  it('[DRA-41] compacting keeps the text and says where each author stands', async () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    paragraph.insert(0, [text])
    doc.getXmlFragment(DRAFT_FIELD).insert(0, [paragraph])
    for (const letter of 'бітім') text.insert(text.length, letter)
    const { state, update, structure } = await workshop.compact(CASE, { updates })
    expect(state).toBe('sound')
    expect(decodeStructure(structure).clockOf(doc.clientID)).toBe(7)
    const read = readDraft({ snapshot: update, updates: [] })
    expect(read).toMatchObject({ ok: true, document: { content: [{ content: [{ text: 'бітім' }] }] } })
  })

  it('[DRA-42] a text nested a thousand deep is refused as too large, and the workshop lives on', async () => {
    const doc = new Y.Doc()
    let parent: Y.XmlFragment | Y.XmlElement = doc.getXmlFragment(DRAFT_FIELD)
    for (let i = 0; i < 1000; i++) {
      const clause = new Y.XmlElement('clause')
      parent.insert(0, [clause])
      parent = clause
    }
    const refused = { ok: false, faults: [{ fault: 'too-large' }] }
    expect(await workshop.canonical(CASE, { updates: [Y.encodeStateAsUpdate(doc)] })).toEqual(refused)
  })

  it('[DRA-42] a task that takes too long is ended, its case can begin its draft anew at once, and another case is served as before', async () => {
    // Six thousand authors write at the same place: each is compared with all before it.
    const updates = Array.from({ length: 6_000 }, () => {
      const doc = new Y.Doc()
      doc.getXmlFragment(DRAFT_FIELD).insert(0, [new Y.XmlElement('paragraph')])
      return Y.encodeStateAsUpdate(doc)
    })
    await expect(pool.run(draftCompact, idOf<CaseId>('hasty'), { updates }, 20)).rejects.toMatchObject({ fault: 'timeout' })
    const hasty = idOf<CaseId>('hasty')
    await expect(workshop.compact(hasty, { updates })).rejects.toMatchObject({ fault: 'resting' })
    const skeleton = await workshop.start(hasty, skeletonOf(facts, '2026-11-22'))
    expect(await workshop.begin(hasty, { updates: [skeleton] })).toMatchObject({ state: 'sound' })
    expect((await workshop.canonical(CASE, { updates: [] })).ok).toBe(false)
  })

  it('[DRA-50] the words that people would sign are written in the thread too, or what keeps them from it is named', async () => {
    const update = await workshop.start(CASE, skeletonOf(facts, '2026-11-22'))
    const empty = await workshop.canonical(CASE, { updates: [update] })
    expect(empty.ok ? [] : empty.faults[0]).toMatchObject({ fault: 'empty-clause', clause: '1.' })
    const doc = new Y.Doc()
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('Бітім')])
    doc.getXmlFragment(DRAFT_FIELD).insert(0, [paragraph])
    expect(await workshop.canonical(CASE, { updates: [Y.encodeStateAsUpdate(doc)] })).toMatchObject({
      ok: true,
      text: expect.stringContaining('Бітім'),
    })
  })

  it('[DRA-43] content off the schema is named as broken', async () => {
    const doc = new Y.Doc()
    doc.getXmlFragment(DRAFT_FIELD).insert(0, [new Y.XmlElement('listItem')])
    const refused = { ok: false, faults: [{ fault: 'broken' }] }
    expect(await workshop.canonical(CASE, { updates: [Y.encodeStateAsUpdate(doc)] })).toEqual(refused)
  })
})
