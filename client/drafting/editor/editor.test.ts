// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { fragmentOf, readBlocks } from '#shared/document/yjs-document.ts'
import { docOf, openEditor, outlineOf } from '../testing/open-editor.ts'
import { addClause, addSubclause, leadOut, lowerClause, raiseClause, toggleHeading } from './clause-commands.ts'
import { backspaceAtStart, deleteAtEnd } from './join-lines.ts'
import { moveClauseDown, moveClauseUp } from './move-clause.ts'
import { splitLine } from './split-line.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const p = (id: string, text = '', depth = 0) => block(id, 'paragraph', depth, text)
const c = (id: string, text = '', depth = 1) => block(id, 'clause', depth, text)
const h = (id: string, text: string) => block(id, 'heading', 2, text)
const on = (id: string, text: string, continues: string) => block(id, 'paragraph', 0, text, { continues })

function open(blocks: readonly DocumentBlock[], at: number, offset = -1) {
  const doc = docOf(blocks)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const made = openEditor(doc)
  closing.push(() => made.editor.destroy())
  made.caret(at, offset)
  return {
    ...made,
    doc,
    updates,
    enter: () => made.run(splitLine(made.newId)),
    back: () => made.run(backspaceAtStart(made.newId)),
    forward: () => made.run(deleteAtEnd(made.newId)),
    /** How many letters were taken out or put in. */
    lettersMoved: () => updates.flatMap((update) => Y.decodeUpdate(update).structs).filter(isLetters).length,
    ids: () => made.blocks().map(({ id }) => id),
  }
}
function isLetters(struct: Y.Item | Y.GC | Y.Skip): boolean {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentString
}

/** Two people with the same text: each does something before hearing of the other. */
function two(blocks: readonly DocumentBlock[]) {
  const first = Y.encodeStateAsUpdate(docOf(blocks))
  const people = [new Y.Doc(), new Y.Doc()].map((doc) => {
    Y.applyUpdate(doc, first)
    const made = openEditor(doc)
    closing.push(() => made.editor.destroy())
    return { ...made, doc }
  })
  const [mine, theirs] = people
  if (!mine || !theirs) throw new Error('two')
  const meet = () => {
    const [a, b] = [Y.encodeStateAsUpdate(mine.doc), Y.encodeStateAsUpdate(theirs.doc)]
    Y.applyUpdate(mine.doc, b)
    Y.applyUpdate(theirs.doc, a)
    expect(mine.blocks()).toEqual(theirs.blocks())
    expect(readBlocks(fragmentOf(mine.doc, 'ru'))).toEqual(mine.blocks())
    return mine.outline()
  }
  return { mine, theirs, meet }
}

describe('Enter', () => {
  it('[DRA-61] at the end of a clause makes the next clause, with an id of its own', () => {
    const { enter, type, outline, ids } = open([c('a', 'one'), c('b', 'two')], 0)
    enter()
    type('new')
    expect(outline()).toEqual(['1 one', '2 new', '3 two'])
    expect(new Set(ids()).size).toBe(3)
  })

  it('[DRA-61] in a clause that has parts makes its first sub-clause, and takes nothing from the others', () => {
    const { enter, type, outline } = open([c('a', 'one'), c('b', 'sub', 2)], 0)
    enter()
    type('new')
    expect(outline()).toEqual(['1 one', '1.1 new', '1.2 sub'])
    const deep = open([c('a', 'a'), c('b', 'b', 2), c('c', 'c', 3), c('d', 'd', 4), p('e', 'e', 4)], 3)
    deep.enter()
    deep.type('new')
    expect(deep.outline().slice(3)).toEqual(['1.1.1.1 d', '    new', '    e'])
  })

  it('[DRA-61] in an empty clause leads out of it, level by level', () => {
    const { enter, type, outline, updates, lettersMoved } = open([c('a', 'one'), c('b', 'sub', 2)], 1)
    enter()
    expect(outline()).toEqual(['1 one', '1.1 sub', '1.2'])
    updates.length = 0
    enter()
    expect(outline()).toEqual(['1 one', '1.1 sub', '2'])
    enter()
    expect(lettersMoved()).toBe(0)
    type('plain')
    expect(outline()).toEqual(['1 one', '1.1 sub', 'plain'])
  })

  it('[DRA-61] in an empty point leads out of the points', () => {
    const { enter, type, outline } = open([c('a', 'one'), block('b', 'item', 1, 'point')], 1)
    enter()
    expect(outline()).toEqual(['1 one', '• point', '• '])
    enter()
    type('words')
    expect(outline()).toEqual(['1 one', '• point', ' words'])
  })

  it('[DRA-61] at the beginning puts an empty line before, and the block keeps its words and its id', () => {
    const { enter, outline, ids, type, lettersMoved } = open([c('a', 'one'), c('b', 'two')], 1, 0)
    enter()
    expect(outline()).toEqual(['1 one', '2', '3 two'])
    expect(ids()[2]).toBe('b')
    expect(lettersMoved()).toBe(0)
    type('go on ')
    expect(outline()).toEqual(['1 one', '2', '3 go on two'])
  })

  it('[DRA-61] in the middle moves the tail alone; a line that carries on goes with it', () => {
    const { enter, outline, blocks } = open([c('a', 'one two'), on('b', ' three', 'a'), c('c', 'x')], 0, 3)
    enter()
    expect(outline()).toEqual(['1 one', '2  two three', '3 x'])
    expect(blocks()[2]?.continues).toBe(blocks()[1]?.id)
  })

  it('[DRA-61] where two blocks have been joined takes them apart, from either side, and moves no letter', () => {
    for (const [at, offset] of [
      [1, 0],
      [0, -1],
    ] as const) {
      const { enter, outline, type, lettersMoved } = open([c('a', 'one'), on('b', 'two', 'a'), on('d', 'three', 'b')], at, offset)
      enter()
      expect(lettersMoved()).toBe(0)
      type('>')
      expect(outline()).toEqual(['1 one', '2 >twothree'])
    }
  })

  it('[DRA-61] after a heading comes a paragraph; within one it stays a heading', () => {
    const { enter, outline, type } = open([h('a', 'Title'), c('b', 'x')], 0)
    enter()
    type('words')
    expect(outline()).toEqual(['# Title', 'words', '1 x'])
    const middle = open([h('a', 'Title')], 0, 2)
    middle.enter()
    expect(middle.outline()).toEqual(['# Ti', '# tle'])
  })

  it('[DRA-61] replaces what is selected, also over several lines', () => {
    const { enter, select, outline } = open([c('a', 'one'), c('b', 'two'), c('d', 'three')], 0)
    select([0, 1], [2, 2])
    enter()
    expect(outline()).toEqual(['1 o', '2 ree'])
  })
})

describe('clauses', () => {
  const nested = [c('a', 'one'), c('b', 'two'), c('d', 'part', 2), p('e', 'words', 1), c('f', 'three')]

  it('[DRA-62] Tab and Shift+Tab move a clause down and up with all that is in it, and back is the same text', () => {
    const { run, outline, blocks, lettersMoved, ids } = open(nested, 1)
    const before = blocks()
    run(lowerClause)
    expect(outline()).toEqual(['1 one', '1.1 two', '1.1.1 part', '  words', '2 three'])
    run(raiseClause)
    expect(blocks()).toEqual(before)
    expect(lettersMoved()).toBe(0)
    expect(ids()).toEqual(['a', 'b', 'd', 'e', 'f'])
    expect(open([c('a', 'one')], 0).run(lowerClause)).toBe(false)
    expect(open(nested, 0).run(raiseClause)).toBe(false)
  })

  it('[DRA-62] a clause goes no deeper than one below the clause before it, and no deeper than four', () => {
    expect(open([c('a', 'a'), c('b', 'b', 2)], 1).run(lowerClause)).toBe(false)
    expect(open([c('a', 'a'), p('x', 'between'), c('b', 'b')], 2).run(lowerClause)).toBe(false)
    expect(open([c('a', 'a'), p('x', ''), c('b', 'b')], 2).run(lowerClause)).toBe(true)
    const four = [c('a', 'a'), c('b', 'b', 2), c('d', 'd', 3), c('e', 'e', 4), c('f', 'f', 4)]
    expect(open(four, 4).run(lowerClause)).toBe(false)
    expect(open([...four.slice(0, 1), ...four.slice(1, 4).map((each) => ({ ...each })), c('g', 'g', 3)], 4).run(lowerClause)).toBe(true)
  })

  it('[DRA-62] raising a clause keeps the order of what follows it', () => {
    const { run, outline } = open([c('a', 'one'), c('b', 'a', 2), c('d', 'b', 2)], 1)
    run(raiseClause)
    expect(outline()).toEqual(['1 one', '2 a', '2.1 b'])
  })

  it('[DRA-63] the toolbar adds clauses, sub-clauses and headings where the cursor is', () => {
    const { run, newId, type, outline } = open([p('a', 'start')], 0)
    run(addClause(newId))
    expect(outline()).toEqual(['1 start'])
    run(addSubclause(newId))
    type('sub')
    run(addClause(newId))
    type('next')
    expect(outline()).toEqual(['1 start', '1.1 sub', '1.2 next'])
    const plain = open([p('a', 'title')], 0)
    plain.run(toggleHeading)
    expect(plain.outline()).toEqual(['# title'])
    plain.run(toggleHeading)
    expect(plain.outline()).toEqual(['title'])
    expect(open([c('a', 'x')], 0).run(toggleHeading)).toBe(false)
  })

  it('[DRA-66] a clause moves up and down with what belongs to it, past one neighbour, and keeps its ids and the caret', () => {
    const { run, outline, ids, type } = open(nested, 1)
    run(moveClauseUp)
    expect(outline()).toEqual(['1 two', '1.1 part', ' words', '2 one', '3 three'])
    type('!')
    expect(outline()[0]).toBe('1 two!')
    run(moveClauseDown)
    run(moveClauseDown)
    expect(outline()).toEqual(['1 one', '2 three', '3 two!', '3.1 part', ' words'])
    expect(ids()).toEqual(['a', 'f', 'b', 'd', 'e'])
    expect(run(moveClauseDown)).toBe(false)
  })

  it('[DRA-66] moves within its clause, past headings, and never away from what it belongs to', () => {
    const text = [h('h', 'H'), c('a', 'one'), c('b', 'sub', 2), h('i', 'I'), c('d', 'two')]
    expect(open(text, 2).run(moveClauseUp)).toBe(false)
    expect(open(text, 2).run(moveClauseDown)).toBe(false)
    const { run, outline } = open(text, 4)
    run(moveClauseUp)
    expect(outline()).toEqual(['# H', '1 one', '1.1 sub', '2 two', '# I'])
    expect(open([p('p', 'x')], 0).run(moveClauseUp)).toBe(false)
  })
})

describe('a key that comes before the browser tells of the moved caret', () => {
  it.each([
    [{ key: 'ArrowDown', altKey: true }, ['1 one', '2 three', '3 two']],
    [{ key: 'ArrowUp', altKey: true }, ['1 two', '2 one', '3 three']],
    [{ key: 'Tab' }, ['1 one', '1.1 two', '2 three']],
    [{ key: 'Enter' }, ['1 one', '2', '3 two', '4 three']],
    [{ key: 'Backspace' }, ['1 one', 'two', '2 three']],
  ])('[DRA-178] %o acts where the caret stands', (key, expected) => {
    const { press, outline } = caretInSecond()
    press(key)
    expect(outline()).toEqual(expected)
  })

  it.each([{ key: 'Process' }, { key: 'Unidentified' }, { key: 'т', isComposing: true }])(
    '[DRA-178] %o belongs to a word that is being composed: its caret is left alone',
    (key) => {
      const { press, editor } = caretInSecond()
      const before = editor.state.selection.head
      press(key)
      expect(editor.state.selection.head).toBe(before)
      press({ key: 'Shift' })
      expect(editor.state.selection.head).not.toBe(before)
    },
  )

  function caretInSecond() {
    const made = open([c('a', 'one'), c('b', 'two'), c('d', 'three')], 0, 0)
    closing.push(made.caretUntold(1))
    const press = (key: KeyboardEventInit) =>
      void made.editor.view.dom.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }))
    return { ...made, press }
  }
})

describe('Backspace and Delete over the ends of lines', () => {
  it('[DRA-62] Backspace at the beginning of a clause moves it up a level, then makes it a plain paragraph', () => {
    const { back, outline, lettersMoved } = open([c('a', 'one'), c('b', 'two', 2)], 1, 0)
    back()
    expect(outline()).toEqual(['1 one', '2 two'])
    back()
    expect(outline()).toEqual(['1 one', 'two'])
    expect(lettersMoved()).toBe(0)
    const all = open([h('h', 'H')], 0)
    all.run(leadOut)
    expect(all.outline()).toEqual(['H'])
  })

  it('[DRA-67] joins a paragraph to the line before without moving a letter; Delete does the same from the other side', () => {
    for (const [at, offset, key] of [
      [1, 0, 'back'],
      [0, -1, 'forward'],
    ] as const) {
      const made = open([c('a', 'one'), p('b', 'two')], at, offset)
      made[key]()
      expect(made.outline()).toEqual(['1 onetwo'])
      expect(made.lettersMoved()).toBe(0)
      made.type('|')
      expect(made.outline()).toEqual(['1 one|two'])
    }
  })

  it('[DRA-67] over the joint each key takes one letter, as within a word', () => {
    const { back, forward, outline, caret } = open([c('a', 'one👍🏽'), on('b', '', 'a'), on('d', 'two', 'b')], 2, 0)
    back()
    expect(outline()).toEqual(['1 onetwo'])
    caret(2, 0)
    back()
    expect(outline()).toEqual(['1 ontwo'])
    caret(0)
    forward()
    expect(outline()).toEqual(['1 onwo'])
  })

  it('[DRA-67] an empty line is deleted instead: the own, the one before, the next', () => {
    const own = open([p('a', 'one'), p('b'), p('d', 'two')], 1)
    own.back()
    own.type('!')
    expect(own.outline()).toEqual(['one!', 'two'])
    const before = open([p('b'), p('d', 'two')], 1, 0)
    before.back()
    before.type('>')
    expect(before.outline()).toEqual(['>two'])
    expect(before.ids()).toEqual(['d'])
    const next = open([p('a', 'one'), p('b'), p('d', 'two')], 0)
    next.forward()
    expect(next.ids()).toEqual(['a', 'd'])
    const mine = open([p('b'), p('d', 'two')], 0)
    mine.forward()
    mine.type('>')
    expect(mine.outline()).toEqual(['>two'])
  })

  it('[DRA-67] does nothing at the beginning and at the end of the text', () => {
    const { back, forward, updates } = open([p('a', 'one')], 0, 0)
    expect(back()).toBe(true)
    expect(open([p('a', 'one')], 0).forward()).toBe(true)
    expect(forward()).toBe(false)
    expect(updates).toEqual([])
  })
})

describe('a change of structure under somebody’s words', () => {
  it('[DRA-68] words typed into a clause that another indents, makes a paragraph or joins stay in it', () => {
    const text = [c('a', 'one'), c('b', 'two')]
    const indented = two(text)
    indented.mine.caret(1, 0)
    indented.mine.run(lowerClause)
    indented.theirs.caret(1, 1)
    indented.theirs.type('---')
    expect(indented.meet()).toEqual(['1 one', '1.1 t---wo'])

    const plain = two([c('a', 'one'), p('b', 'two')])
    plain.mine.caret(1, 0)
    plain.mine.run(backspaceAtStart(plain.mine.newId))
    plain.theirs.caret(0)
    plain.theirs.type(' and')
    expect(plain.meet()).toEqual(['1 one andtwo'])
    plain.theirs.caret(1, 2)
    plain.theirs.type('!')
    expect(plain.meet()).toEqual(['1 one andtw!o'])
  })

  it('[DRA-68] words typed into the tail that another moves stay whole in the first block; no word goes', () => {
    const { mine, theirs, meet } = two([c('a', 'hello world')])
    mine.caret(0, 5)
    mine.run(splitLine(mine.newId))
    theirs.caret(0, 8)
    theirs.type('BIG')
    expect(meet()).toEqual(['1 helloBIG', '2  world'])
  })

  it('[DRA-68] words typed at the beginning of a line before which another makes one stay in their line', () => {
    const { mine, theirs, meet } = two([c('a', 'one')])
    mine.caret(0, 0)
    mine.run(splitLine(mine.newId))
    theirs.caret(0, 0)
    theirs.type('word ')
    expect(meet()).toEqual(['1', '2 word one'])
  })

  it('[DRA-60] what is typed here arrives there, and undo takes back only one’s own', () => {
    const { mine, theirs, meet } = two([c('a', 'one')])
    mine.caret(0)
    mine.type(' more')
    theirs.caret(0, 0)
    theirs.type('their ')
    meet()
    mine.editor.commands.undo()
    expect(meet()).toEqual(['1 their one'])
  })
})

describe('how it is shown', () => {
  it('[DRA-69] every block carries its number, its level and its place in a joined line, and numbers change with the structure', () => {
    const { editor, run, type } = open([h('h', 'H'), c('a', 'one'), on('b', ' two', 'a'), c('d', 'part', 2), p('e', 'x', 6)], 3)
    const drawn = () => [...editor.view.dom.querySelectorAll<HTMLElement>('[data-line]')].map(({ dataset }) => dataset)
    const shown = () => drawn().map(({ line, level, number, joined }) => [line, level, number, joined])
    expect(shown()).toEqual([
      ['heading', '2', undefined, undefined],
      ['clause', '1', '1.', 'first'],
      ['clause', '1', undefined, 'last'],
      ['clause', '2', '1.1.', undefined],
      ['paragraph', '2', undefined, undefined],
    ])
    run(raiseClause)
    type('!')
    expect(shown()[3]).toEqual(['clause', '1', '2.', undefined])
    expect(outlineOf(open([c('a')], 0).blocks())).toEqual(['1'])
  })

  it('[DRA-60] opening a text writes nothing into it', () => {
    expect(open([h('h', 'A'), c('a', 'one'), c('b', 'two', 2), c('d')], 0).updates).toEqual([])
  })
})
