// Random people at one text, their edits meeting in any order.
import { describe, expect, it } from 'vitest'
import { Random } from '#shared/kernel/testing/random.ts'
import { block, type DocumentBlock } from '../document-block.ts'
import { BLOCK_KINDS } from '../document-grammar.ts'
import { LANGUAGE, type SessionDevice, SharedSession } from '../testing/shared-session.ts'
import { fragmentOf, isSound, readBlocks } from '../yjs-document.ts'
import { blocksOf } from './block-node.ts'

const HISTORIES = Number(process.env.FUZZ_HISTORIES ?? 400)
const FIRST = Number(process.env.FUZZ_FIRST ?? 1)
const STEPS = 40
const START = [block('a', 'heading', 1, 'Agreement'), block('b', 'clause', 1, 'Alpha beta gamma'), block('c', 'clause', 2, 'delta')]

describe('edits that meet', () => {
  it('[DRA-136] after any history every editor shows the shared text, and all of them the same', () => {
    for (let seed = FIRST; seed < FIRST + HISTORIES; seed++) {
      const random = new Random(seed)
      const session = new SharedSession(random.chance(0.1) ? [] : START, 3)
      for (let step = 0; step < STEPS; step++) {
        const device = random.pick(session.devices)
        if (random.chance(0.25)) device.send()
        else if (random.chance(0.3)) device.hear(1 + random.below(3))
        else change(device, random)
        expect(shownBy(device), `history ${seed}, step ${step}`).toEqual(sharedBy(device))
      }
      session.settle()
      const [one] = session.devices
      for (const device of session.devices) {
        expect(shownBy(device), `history ${seed}`).toEqual(sharedBy(device))
        expect(sharedBy(device), `history ${seed}`).toEqual(one && sharedBy(one))
        expect(isSound(device.doc)).toBe(true)
      }
      session.close()
    }
  })
})

function sharedBy({ doc }: Pick<SessionDevice, 'doc'>): readonly DocumentBlock[] {
  return readBlocks(fragmentOf(doc, LANGUAGE))
}

/** An empty text is shown as an empty line. */
function shownBy({ editor, doc }: SessionDevice): readonly DocumentBlock[] {
  const shown = blocksOf(editor.state.doc)
  return sharedBy({ doc }).length === 0 && shown.length === 1 && shown[0]?.id === '' ? [] : shown
}

type Change = (editor: SessionDevice['editor'], random: Random, index: number) => void

const CHANGES: readonly Change[] = [type, type, type, split, setAttribute, deleteRange, toggleMark, move, takeBack]

function change({ editor }: SessionDevice, random: Random): void {
  random.pick(CHANGES)(editor, random, random.below(editor.state.doc.childCount))
}

/** Somewhere among a block's letters. */
function within(editor: SessionDevice['editor'], random: Random, index: number): number {
  return editor.startOf(index) + random.below(editor.state.doc.child(index).content.size + 1)
}

function type(editor: SessionDevice['editor'], random: Random, index: number): void {
  editor.select(index, random.below(editor.state.doc.child(index).content.size + 1))
  editor.type(random.pick(['one', 'two', 'x', 'aa', '\n', 'Ж']))
}

function split(editor: SessionDevice['editor'], random: Random, index: number): void {
  editor.dispatch(editor.state.tr.split(within(editor, random, index)))
}

function setAttribute(editor: SessionDevice['editor'], random: Random, index: number): void {
  const { doc, tr } = editor.state
  const before = index > 0 ? doc.child(index - 1).attrs.id : null
  const changed = random.pick([{ kind: random.pick(BLOCK_KINDS) }, { depth: random.below(5) }, { continues: before }])
  editor.dispatch(tr.setNodeMarkup(editor.startOf(index) - 1, undefined, { ...doc.child(index).attrs, ...changed }))
}

function deleteRange(editor: SessionDevice['editor'], random: Random, index: number): void {
  const from = within(editor, random, index)
  editor.dispatch(editor.state.tr.delete(from, Math.min(editor.state.doc.content.size, from + random.below(12))))
}

function toggleMark(editor: SessionDevice['editor'], random: Random, index: number): void {
  const { tr, schema } = editor.state
  const [from, to] = [within(editor, random, index), within(editor, random, index)].sort((a, b) => a - b) as [number, number] // of two
  const mark = schema.mark(random.pick(['bold', 'italic']))
  editor.dispatch(random.chance(0.5) ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark))
}

function move(editor: SessionDevice['editor'], random: Random, index: number): void {
  const { doc, tr } = editor.state
  if (doc.childCount < 2) return
  const node = doc.child(index)
  const start = editor.startOf(index) - 1
  tr.delete(start, start + node.nodeSize)
  let target = 0
  for (let left = random.below(tr.doc.childCount + 1); left > 0; left--) target += tr.doc.nodeAt(target)?.nodeSize ?? 0
  editor.dispatch(tr.insert(target, node))
}

function takeBack({ binding: { undoManager } }: SessionDevice['editor'], random: Random): void {
  if (random.chance(0.6)) undoManager.undo()
  else undoManager.redo()
}
