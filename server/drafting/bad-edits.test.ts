import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { settlementOf } from '#shared/document/case-documents.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { varUint } from '#shared/drafting/byte-cursor.ts'
import { decodeEdit, decodeServerFrame, encodeEdit, encodeServerFrame, MAX_EDIT_BYTES } from '#shared/drafting/draft-frames.ts'
import { base64, concat } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { idOf } from './testing/supply-case.ts'
import { scanUpdate } from './update-scan.ts'

const documentId = settlementOf(idOf<CaseId>('case')).id

function blockWith(content: (text: Y.XmlText, element: Y.XmlElement) => void): Uint8Array {
  const doc = new Y.Doc()
  appendBlocks(fragmentOf(doc, 'ru'), [block('b1', 'paragraph', 0)])
  const [element] = blockElements(fragmentOf(doc, 'ru'))
  const text = element && textOf(element)
  if (!text) throw new Error('a block without its text')
  content(text, element)
  return Y.encodeStateAsUpdate(doc)
}

describe('bad edits', () => {
  it('[DRA-30] random bytes are a fault, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        scanUpdate(bytes)
        decodeEdit(base64(bytes))
        decodeServerFrame(base64(bytes))
      }),
      { numRuns: 3000 },
    )
    for (const odd of [undefined, null, 7, {}, [], '', '*', 'AA', { length: 9e9 }]) expect(decodeEdit(odd).ok).toBe(false)
  })

  it('[DRA-30] whatever passes the scan can be applied by Yjs, and a cut or changed edit that passes too', () => {
    const good = blockWith((text) => {
      text.insert(0, 'Долг 1 840 000 ₸')
      text.format(0, 4, { bold: true, italic: null })
      text.delete(2, 1)
    })
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(255), fc.nat(good.length), (at, byte, cut) => {
        const changed = Uint8Array.from(good)
        changed[at % good.length] = byte
        for (const update of [changed, good.subarray(0, cut)]) {
          if (scanUpdate(update)) Y.applyUpdate(new Y.Doc(), update)
        }
      }),
      { numRuns: 3000 },
    )
    expect(scanUpdate(good)).toBeDefined()
    for (let cut = 0; cut < good.length; cut++) expect(scanUpdate(good.subarray(0, cut))).toBeUndefined()
  })

  it('[DRA-31] an edit above 256 kB is refused by its length alone', () => {
    const frame = encodeEdit({ documentId, kind: 'edit', generation: 1, update: new Uint8Array(MAX_EDIT_BYTES + 200) })
    expect(decodeEdit(frame)).toEqual({ ok: false, fault: 'too-large' })
    expect(decodeEdit(encodeEdit({ documentId, kind: 'edit', generation: 1, update: new Uint8Array(MAX_EDIT_BYTES) })).ok).toBe(true)
  })

  it.each<[string, Uint8Array]>([
    ['a count of structs beyond all bounds', concat(varUint(1), varUint(2 ** 50), varUint(5), varUint(0))],
    ['a count of authors beyond all bounds', varUint(2 ** 52)],
    ['a run of deleted content beyond all bounds', concat(Uint8Array.of(1, 1, 5, 0, 0x81, 7, 0), varUint(2 ** 40), Uint8Array.of(0))],
    ['a delete set beyond all bounds', concat(Uint8Array.of(0, 1, 5), varUint(2 ** 40))],
    ['a deletion of what can never exist', concat(Uint8Array.of(0, 1, 5, 1, 0), varUint(2 ** 45))],
    [
      'bytes behind the end',
      concat(
        blockWith(() => {}),
        Uint8Array.of(0),
      ),
    ],
    ['another shared type', Y.encodeStateAsUpdate(docWith((doc) => doc.getText('other').insert(0, 'x')))],
    ['a map', Y.encodeStateAsUpdate(docWith((doc) => doc.getMap('text-ru').set('x', 1)))],
    ['an embedded document', Y.encodeStateAsUpdate(docWith((doc) => doc.getMap('text-ru').set('id', new Y.Doc())))],
    ['a script element', Y.encodeStateAsUpdate(docWith((doc) => fragmentOf(doc, 'ru').insert(0, [new Y.XmlElement('script')])))],
    [
      'a list of no language of ours',
      Y.encodeStateAsUpdate(docWith((doc) => doc.getXmlFragment('text-de').insert(0, [new Y.XmlElement('block')]))),
    ],
    [
      'a list as documents before had it',
      Y.encodeStateAsUpdate(docWith((doc) => doc.getXmlFragment('agreement').insert(0, [new Y.XmlElement('block')]))),
    ],
    ['a mark that the editor does not know', blockWith((text) => text.insert(0, 'x', { link: { href: 'javascript:' } }))],
    ['a mark with attributes', blockWith((text) => text.insert(0, 'x', { bold: { style: 'x' } }))],
    ['an embed in a text', blockWith((text) => text.insertEmbed(0, { image: 'x' }))],
    ['a depth below zero', blockWith((_, element) => element.setAttribute('depth', -1 as never))], // Yjs keeps any plain value
    ['an attribute that the editor does not know', blockWith((_, element) => element.setAttribute('onclick', 'x'))],
  ])('[DRA-32] %s is refused by the scan', (_, update) => {
    expect(scanUpdate(update)).toBeUndefined()
  })

  it('[DRA-33] frames read back as they were written', () => {
    const frames = [
      { documentId, kind: 'updates', revision: 300, updates: [Uint8Array.of(1, 2), new Uint8Array(200)] },
      { documentId, kind: 'reopened', revision: 7, generation: 2 },
      { documentId, kind: 'rejoin', revision: 9 },
    ] as const
    for (const frame of frames) expect(decodeServerFrame(encodeServerFrame(frame))).toEqual({ ok: true, frame })
  })
})

function docWith(change: (doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc()
  change(doc)
  return doc
}
