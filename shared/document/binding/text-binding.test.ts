// @vitest-environment jsdom
import { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { boundExtensions } from '#shared/document/bound-editor.ts'
import { block, type DocumentBlock, wordsOf } from '../document-block.ts'
import { appendBlocks, fragmentOf, readBlocks } from '../yjs-document.ts'
import { blocksOf } from './block-node.ts'
import { bindingOf, makeHistory } from './text-binding.ts'

const open: Editor[] = []
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy()
})

/** People with the same text before them. */
function session(blocks: readonly DocumentBlock[], people = 2) {
  const first = new Y.Doc()
  appendBlocks(fragmentOf(first, 'en'), blocks)
  const start = Y.encodeStateAsUpdate(first)
  const docs = Array.from({ length: people }, () => new Y.Doc())
  for (const doc of docs) Y.applyUpdate(doc, start)
  let made = 0
  const editors = docs.map((doc) => {
    const editor = new Editor({
      extensions: boundExtensions({ doc, language: 'en', newId: () => `n${++made}` }),
      injectCSS: false,
    })
    open.push(editor)
    return editor
  })
  const meet = () => {
    const states = docs.map((doc) => Y.encodeStateAsUpdate(doc))
    for (const doc of docs) for (const state of states) Y.applyUpdate(doc, state)
    const [one] = docs
    for (const [index, doc] of docs.entries()) {
      expect(readBlocks(fragmentOf(doc, 'en'))).toEqual(one && readBlocks(fragmentOf(one, 'en')))
      const shown = editors[index]?.state.doc
      const shared = readBlocks(fragmentOf(doc, 'en'))
      if (shared.length > 0) expect(shown && blocksOf(shown)).toEqual(shared)
    }
    return one ? readBlocks(fragmentOf(one, 'en')) : []
  }
  const at = (index: number) => {
    const [editor, doc] = [editors[index], docs[index]]
    if (!editor || !doc) throw new Error('nobody')
    return { editor, doc }
  }
  return { at, meet, words: () => meet().map(wordsOf) }
}

function posOf(editor: Editor, index: number, offset: number): number {
  return editor.state.doc.children.slice(0, index).reduce((sum, node) => sum + node.nodeSize, 0) + 1 + offset
}

function caret(editor: Editor, index: number, offset: number): void {
  const { state } = editor
  editor.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, posOf(editor, index, offset))))
}

function type(editor: Editor, text: string): void {
  for (const letter of text) editor.view.dispatch(editor.state.tr.insertText(letter))
}

const TWO = [block('a', 'clause', 1, 'Alpha beta'), block('b', 'clause', 1, 'gamma')]

describe('the editor and the shared text', () => {
  it('[DRA-60] opening a text writes nothing into it', () => {
    const { at } = session(TWO)
    const { editor, doc } = at(0)
    expect(blocksOf(editor.state.doc)).toEqual(TWO)
    const before = Y.encodeStateVector(doc)
    caret(editor, 1, 2)
    expect(Y.encodeStateVector(doc)).toEqual(before)
    const empty = session([])
    expect(empty.at(0).editor.state.doc.childCount).toBe(1)
    expect(empty.at(0).doc.store.clients.size).toBe(0)
  })

  it('[DRA-130] what is typed at two ends of one line stays whole on both sides', () => {
    const { at, words } = session(TWO)
    caret(at(0).editor, 0, 5)
    caret(at(1).editor, 0, 10)
    type(at(0).editor, ' one')
    type(at(1).editor, ' two')
    expect(words()).toEqual(['Alpha one beta two', 'gamma'])
    expect(at(1).editor.state.selection.head).toBe(posOf(at(1).editor, 0, 18))
  })

  it('[DRA-130] two who type at the very same place keep their words whole and their carets behind them', () => {
    const { at, words } = session(TWO)
    for (const index of [0, 1]) caret(at(index).editor, 0, 10)
    type(at(0).editor, 'one')
    type(at(1).editor, 'two')
    words()
    type(at(0).editor, '1')
    type(at(1).editor, '2')
    expect(['Alpha betaone1two2', 'Alpha betatwo2one1']).toContain(words()[0])
  })

  it('[DRA-131] a split moves the tail alone; what another types in it meanwhile stays whole', () => {
    const { at, words, meet } = session(TWO)
    caret(at(1).editor, 0, 10)
    type(at(1).editor, ' XYZ')
    const { editor } = at(0)
    editor.view.dispatch(editor.state.tr.split(posOf(editor, 0, 5)))
    expect(words()).toEqual(['Alpha XYZ', ' beta', 'gamma'])
    type(at(1).editor, 'Q')
    expect(words()).toEqual(['Alpha XYZQ', ' beta', 'gamma'])
    const ids = meet().map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect([ids[0], ids[2]]).toEqual(['a', 'b'])
  })

  it('[DRA-132] a join, an indent and a change of kind move no letters, so that what is typed there meanwhile stays', () => {
    const { at, meet } = session(TWO)
    const { editor } = at(0)
    const change = (index: number, attributes: object) => {
      const node = editor.state.doc.child(index)
      editor.view.dispatch(editor.state.tr.setNodeMarkup(posOf(editor, index, -1), undefined, { ...node.attrs, ...attributes }))
    }
    change(1, { continues: 'a' })
    change(1, { depth: 2 })
    change(0, { kind: 'heading' })
    for (const index of [0, 1]) {
      caret(at(1).editor, index, 1)
      type(at(1).editor, 'typed')
    }
    expect(meet()).toEqual([
      { ...block('a', 'heading', 1, 'Atypedlpha beta') },
      { ...block('b', 'clause', 2, 'gtypedamma', { continues: 'a' }) },
    ])
  })

  it('[DRA-132] deleting from one block into another leaves the rest of each where it was', () => {
    const { at, meet } = session([...TWO, block('c', 'clause', 1, 'delta epsilon')])
    const { editor } = at(0)
    caret(at(1).editor, 2, 13)
    type(at(1).editor, ' typed')
    const selected = TextSelection.create(editor.state.doc, posOf(editor, 0, 5), posOf(editor, 2, 5))
    editor.view.dispatch(editor.state.tr.setSelection(selected))
    editor.view.dispatch(editor.state.tr.deleteSelection())
    expect(editor.state.selection.head).toBe(posOf(editor, 0, 5))
    expect(meet()).toEqual([block('a', 'clause', 1, 'Alpha'), block('c', 'clause', 1, ' epsilon typed', { continues: 'a' })])
  })

  it('[DRA-132] what is typed over a selection of several blocks stands in the first of them', () => {
    const { at, words } = session([...TWO, block('c', 'clause', 1, 'delta')])
    const { editor } = at(0)
    const { state } = editor
    editor.view.dispatch(state.tr.insertText('X', posOf(editor, 0, 5), posOf(editor, 2, 2)))
    expect(words()).toEqual(['AlphaX', 'lta'])
  })

  it('[DRA-60] undo takes back one’s own words and structure, never others’', () => {
    const { at, meet, words } = session(TWO)
    const { editor } = at(0)
    caret(editor, 0, 5)
    editor.view.dispatch(editor.state.tr.split(posOf(editor, 0, 5)))
    words()
    caret(at(1).editor, 1, 5)
    type(at(1).editor, ' kept')
    words()
    expect(editor.commands.undo()).toBe(true)
    const blocks = meet()
    expect(blocks.map(wordsOf).join('|')).toContain('kept')
    expect(blocks[0]).toEqual(TWO[0])
    // the block in which others wrote is still a block of its kind
    expect(blocks[1]).toMatchObject({ kind: 'clause', depth: 1 })
    expect(editor.commands.redo()).toBe(true)
    expect(editor.commands.redo()).toBe(false)
    expect(words().join('|')).toContain('kept')
  })

  it('[DRA-60] a block that was deleted comes back by undo with its words, kind and id', () => {
    const { at, meet } = session(TWO)
    const { editor } = at(0)
    editor.view.dispatch(editor.state.tr.delete(posOf(editor, 0, -1), posOf(editor, 0, -1) + editor.state.doc.child(0).nodeSize))
    expect(meet()).toEqual([TWO[1]])
    editor.commands.undo()
    expect(meet()).toEqual(TWO)
  })

  it('[DRA-180] what was typed can be taken back after the editor was closed and opened again, at its place; no listener stays behind', () => {
    const { at, words } = session(TWO)
    const { doc } = at(0)
    const history = makeHistory(fragmentOf(doc, 'en'))
    const openAgain = () => {
      let made = 0
      const editor = new Editor({
        extensions: boundExtensions({ doc, language: 'en', newId: () => `again${++made}`, history }),
        injectCSS: false,
        editorProps: { handleScrollToSelection: () => true },
      })
      open.push(editor)
      return editor
    }
    const heard = () => [history, doc].map(({ _observers }) => [..._observers.values()].reduce((sum, { size }) => sum + size, 0))
    const quiet = heard()
    const first = openAgain()
    caret(first, 1, 2)
    type(first, 'XY')
    first.destroy()
    expect(heard()).toEqual(quiet)
    caret(at(1).editor, 0, 0)
    type(at(1).editor, 'others ')
    const before = words()
    const second = openAgain()
    expect(second.commands.undo()).toBe(true)
    expect(words()).toEqual(before.map((each) => each.replace('XY', '')))
    expect(words()[0]).toContain('others ')
    expect(second.state.selection.from).toBe(posOf(second, 1, 2))
    type(second, 'Z')
    second.destroy()
    const third = openAgain()
    expect(third.commands.undo()).toBe(true)
    expect(words().join('|')).not.toContain('Z')
    expect(third.commands.redo()).toBe(true)
    expect(words().join('|')).toContain('Z')
    third.destroy()
    expect(heard()).toEqual(quiet)
  })

  it('[DRA-133] marks arrive letter by letter, beside what others type there', () => {
    const { at, meet } = session(TWO)
    const { editor } = at(0)
    editor.view.dispatch(editor.state.tr.addMark(posOf(editor, 0, 0), posOf(editor, 0, 5), editor.schema.mark('bold')))
    caret(at(1).editor, 0, 8)
    type(at(1).editor, 'x')
    expect(meet()[0]?.runs).toEqual([
      { text: 'Alpha', marks: ['bold'] },
      { text: ' bexta', marks: [] },
    ])
  })

  it('[DRA-130] an empty text fills, and empties, on every device', () => {
    const { at, words, meet } = session([])
    type(at(0).editor, 'first')
    expect(words()).toEqual(['first'])
    expect(at(1).editor.state.doc.childCount).toBe(1)
    const { editor } = at(1)
    editor.view.dispatch(editor.state.tr.delete(0, editor.state.doc.content.size))
    expect(words().join('')).toBe('')
    type(at(0).editor, 'again')
    expect(words().filter((line) => line !== '')).toEqual(['again'])
    expect(meet().every(({ id }) => id !== '')).toBe(true)
  })

  it('[DRA-134] places among letters are found again whatever happened around them', () => {
    const { at, meet } = session(TWO)
    const [mine, theirs] = [at(0).editor, at(1).editor]
    const place = bindingOf(mine.state)?.toRelative(posOf(mine, 1, 3)) ?? ''
    caret(theirs, 0, 0)
    type(theirs, 'before ')
    caret(theirs, 1, 0)
    type(theirs, '__')
    meet()
    expect(bindingOf(theirs.state)?.toAbsolute(place)).toBe(posOf(theirs, 1, 5))
    expect(bindingOf(theirs.state)?.toAbsolute('AAAA')).toBeUndefined()
    expect(bindingOf(theirs.state)?.toAbsolute('???')).toBeUndefined()
  })

  it('[DRA-132] a block that is moved keeps its id and its words', () => {
    const { at, meet } = session([...TWO, block('c', 'clause', 1, 'delta')])
    const { editor } = at(0)
    const [, , last] = editor.state.doc.children
    if (!last) throw new Error('no third block')
    const from = posOf(editor, 2, -1)
    editor.view.dispatch(editor.state.tr.delete(from, from + last.nodeSize).insert(0, last))
    expect(meet().map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  })
})
