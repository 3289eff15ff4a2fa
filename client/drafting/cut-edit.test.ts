import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, blockElement, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { varUints } from '#shared/drafting/byte-cursor.ts'
import { cutEdit, type EditLimits, fitsFrame } from './cut-edit.ts'

const SMALL: EditLimits = { bytes: 400, structs: 12, deletions: 6 }

/** Two pages that write into one text; of the second, what each of its transactions tells. */
function pages() {
  const others = new Y.Doc()
  others.clientID = 7
  appendBlocks(
    fragmentOf(others, 'ru'),
    Array.from({ length: 6 }, (_, at) => block(`b${at}`, 'paragraph', 0, 'общее '.repeat(8))),
  )
  const mine = new Y.Doc()
  mine.clientID = 4_000_000_000
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(others))
  const before = Y.encodeStateAsUpdate(mine)
  const edits: Uint8Array[] = []
  mine.on('update', (update: Uint8Array) => edits.push(update))
  return { mine, before, edits }
}

type Act =
  | { readonly kind: 'type'; readonly at: number; readonly in: number; readonly words: string }
  | { readonly kind: 'block'; readonly at: number; readonly words: string }
  | { readonly kind: 'take'; readonly at: number; readonly in: number; readonly count: number }
  | { readonly kind: 'take-block'; readonly at: number }
  | { readonly kind: 'undo' }

const place = fc.nat(1_000)
const words = fc.oneof(
  fc.string({ maxLength: 40, unit: 'grapheme' }),
  fc.constantFrom('слово '.repeat(90), '👍🏽'.repeat(120), 'ұзақ'.repeat(200)),
)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), at: place, in: place, words }),
  fc.record({ kind: fc.constant('block' as const), at: place, words }),
  fc.record({ kind: fc.constant('take' as const), at: place, in: place, count: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('take-block' as const), at: place }),
  fc.record({ kind: fc.constant('undo' as const) }),
)

function perform(doc: Y.Doc, undo: Y.UndoManager, each: Act, made: number): void {
  const list = fragmentOf(doc, 'ru')
  const line = 'at' in each ? blockElements(list)[each.at % Math.max(1, list.length)] : undefined
  const text = line && textOf(line)
  if (each.kind === 'undo') undo.undo()
  else if (each.kind === 'block') list.insert(each.at % (list.length + 1), [blockElement(block(`n${made}`, 'paragraph', 0, each.words))])
  else if (each.kind === 'take-block' && list.length > 0) list.delete(each.at % list.length, 1)
  else if (each.kind === 'type' && text) text.insert(each.in % (text.length + 1), each.words)
  else if (each.kind === 'take' && text && text.length > 0) {
    const from = each.in % text.length
    text.delete(from, Math.min(each.count, text.length - from))
  }
}

describe('an edit that is too large for a frame', () => {
  it('[DRA-223] is cut into pieces that each fit, can each be taken in alone in their order, and are together the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.array(act, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 5 }), (transactions) => {
        const { mine, before, edits } = pages()
        const undo = new Y.UndoManager(fragmentOf(mine, 'ru'), { captureTimeout: 0 })
        for (const acts of transactions) {
          if (acts.some(({ kind }) => kind === 'undo')) undo.undo()
          else
            mine.transact(() => {
              for (const [at, each] of acts.entries()) perform(mine, undo, each, at)
            })
        }
        const copy = new Y.Doc()
        Y.applyUpdate(copy, before)
        for (const edit of edits) {
          const pieces = cutEdit(edit, SMALL)
          const firstDeletion = pieces.findIndex((piece) => Y.decodeUpdate(piece).ds.clients.size > 0)
          if (pieces.length > 1 && firstDeletion >= 0)
            for (const piece of pieces.slice(firstDeletion)) expect(Y.decodeUpdate(piece).structs).toEqual([])
          for (const piece of pieces) {
            expect(fitsFrame(piece, SMALL)).toBe(true)
            Y.applyUpdate(copy, piece)
            expect([copy.store.pendingStructs, copy.store.pendingDs]).toEqual([null, null])
          }
        }
        expect(fragmentOf(copy, 'ru').toJSON()).toBe(fragmentOf(mine, 'ru').toJSON())
        expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(mine))
      }),
      { seed: 20261128, numRuns: 200 },
    )
  })

  it('[DRA-223] stays what it was where it fits', () => {
    const { mine, edits } = pages()
    perform(mine, new Y.UndoManager(fragmentOf(mine, 'ru')), { kind: 'type', at: 0, in: 0, words: 'слово' }, 0)
    expect(cutEdit(edits[0] ?? new Uint8Array())).toEqual([edits[0]])
  })

  it('[DRA-223] one paragraph of 300,000 letters, and the deletion of 30,000 pieces of a text, are cut by the limits of frames', () => {
    const { mine, edits } = pages()
    const [line] = blockElements(fragmentOf(mine, 'ru'))
    const text = line && textOf(line)
    text?.insert(0, 'ә'.repeat(300_000))
    const pieces = cutEdit(edits.at(-1) ?? new Uint8Array())
    expect(pieces.length).toBeGreaterThan(1)
    for (const piece of pieces) expect(fitsFrame(piece)).toBe(true)
    const other = new Y.Doc()
    other.clientID = 9
    other.getText('t').insert(0, 'ab'.repeat(25_000))
    const ranges = Array.from({ length: 25_000 }, (_, at) => [2 * at, 1]).flat()
    const deletion = Uint8Array.from(varUints([0, 1, 9, 25_000, ...ranges]))
    expect(fitsFrame(deletion)).toBe(false)
    const cut = cutEdit(deletion)
    expect(cut.map((piece) => fitsFrame(piece))).toEqual([true, true])
    for (const piece of cut) Y.applyUpdate(other, piece)
    expect(other.getText('t').toString()).toBe('b'.repeat(25_000))
  })
})
