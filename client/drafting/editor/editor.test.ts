// @vitest-environment jsdom
import { type AnyExtension, Editor } from '@tiptap/core'
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { DRAFT_FIELD, documentSchema } from '#shared/document/document-schema.ts'
import { boundExtensions } from '#shared/drafting/bound-editor.ts'
import { addClause, addSubclause, backspaceAtStart, lowerClause, raiseClause, splitClause, toggleHeading } from './clause-commands.ts'
import { clauseIds } from './clause-ids.ts'
import { draftKeys } from './draft-keys.ts'
import { pasteClauses } from './paste-clauses.ts'
import { blocksFromHtml, blocksFromText } from './pasted-blocks.ts'
import { documentOf } from './pasted-document.ts'

const p = (text = ''): DocumentNode => (text ? { type: 'paragraph', content: [{ type: 'text', text }] } : { type: 'paragraph' })
const c = (id: string, ...content: DocumentNode[]): DocumentNode => ({ type: 'clause', attrs: { id }, content })
const h = (text: string): DocumentNode => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] })

const editors: Editor[] = []
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy()
})

function open(content: DocumentNode[], at: string, side: 'start' | 'end' = 'end') {
  const doc = new Y.Doc()
  prosemirrorJSONToYXmlFragment(documentSchema(), { type: 'doc', content }, doc.getXmlFragment(DRAFT_FIELD))
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  let made = 0
  const extensions: AnyExtension[] = [
    ...boundExtensions(doc),
    draftKeys({ onExit: () => undefined }),
    clauseIds({ newId: () => `new${++made}` }),
    pasteClauses,
  ]
  const editor = new Editor({ extensions, injectCSS: false })
  editors.push(editor)
  let place = 0
  editor.state.doc.descendants((node, pos) => {
    if (node.isText && node.text === at) place = side === 'end' ? pos + node.nodeSize : pos
  })
  if (place > 0) editor.commands.setTextSelection(place)
  return { editor, doc, updates }
}

/** `1 text | 1.1 text` … as a reader sees it. */
function outline(editor: Editor): string[] {
  const lines: string[] = []
  const walk = (node: DocumentNode, number: number[]) => {
    let clauses = 0
    for (const child of node.content ?? []) {
      if (child.type === 'clause') {
        const own = [...number, ++clauses]
        lines.push(`${own.join('.')} ${words(child.content?.[0])}`.trim())
        walk({ ...child, content: child.content?.slice(1) }, own)
      } else if (child.type === 'bulletList') for (const item of child.content ?? []) lines.push(`• ${words(item)}`)
      else lines.push(`${child.type === 'heading' ? '# ' : ''}${words(child)}`)
    }
  }
  walk(editor.getJSON() as DocumentNode, [])
  return lines
}
function words(node: DocumentNode | undefined): string {
  return node?.text ?? (node?.content ?? []).map(words).join('')
}

describe('the editor', () => {
  it('[DRA-60] opening a text writes nothing into it', () => {
    const { updates } = open([h('A'), c('c1', p('one'), c('c2', p('two'))), c('c3', p())], 'one')
    expect(updates).toEqual([])
  })

  it('[DRA-61] Enter at the end of a clause makes the next clause, with an id of its own', () => {
    const { editor } = open([c('c1', p('one')), c('c2', p('two'))], 'one')
    splitClause(editor.state, editor.view.dispatch, editor.view)
    editor.commands.insertContent('new')
    expect(outline(editor)).toEqual(['1 one', '2 new', '3 two'])
    const ids = (editor.getJSON() as DocumentNode).content?.map((node) => node.attrs?.id)
    expect(new Set(ids).size).toBe(3)
  })

  it('[DRA-61] Enter in a clause that has parts makes its first sub-clause, and takes nothing from the others', () => {
    const { editor } = open([c('c1', p('one'), c('c2', p('sub')))], 'one')
    splitClause(editor.state, editor.view.dispatch, editor.view)
    editor.commands.insertContent('new')
    expect(outline(editor)).toEqual(['1 one', '1.1 new', '1.2 sub'])
  })

  it('[DRA-61] Enter in an empty clause leads out of it, level by level', () => {
    const { editor } = open([c('c1', p('one'), c('c2', p('sub')))], 'sub')
    splitClause(editor.state, editor.view.dispatch, editor.view)
    expect(outline(editor)).toEqual(['1 one', '1.1 sub', '1.2'])
    splitClause(editor.state, editor.view.dispatch, editor.view)
    expect(outline(editor)).toEqual(['1 one', '1.1 sub', '2'])
    splitClause(editor.state, editor.view.dispatch, editor.view)
    editor.commands.insertContent('plain')
    expect(outline(editor)).toEqual(['1 one', '1.1 sub', 'plain'])
  })

  it('[DRA-62] Tab and Shift+Tab move a clause down and up with all that is in it, and back is the same text', () => {
    const { editor } = open([c('c1', p('one')), c('c2', p('two'), c('c3', p('part'))), c('c4', p('three'))], 'two')
    const before = editor.getJSON()
    lowerClause(editor.state, editor.view.dispatch, editor.view)
    expect(outline(editor)).toEqual(['1 one', '1.1 two', '1.1.1 part', '2 three'])
    raiseClause(editor.state, editor.view.dispatch, editor.view)
    expect(editor.getJSON()).toEqual(before)
    expect(lowerClause(open([c('c1', p('one'))], 'one').editor.state)).toBe(false)
  })

  it('[DRA-62] raising a clause keeps the order of what follows it', () => {
    const { editor } = open([c('c1', p('one'), c('c2', p('a')), c('c3', p('b')))], 'a')
    raiseClause(editor.state, editor.view.dispatch, editor.view)
    expect(outline(editor)).toEqual(['1 one', '2 a', '2.1 b'])
  })

  it('[DRA-62] Backspace at the beginning of a clause makes it a plain paragraph', () => {
    const { editor } = open([c('c1', p('one'))], 'one', 'start')
    expect(backspaceAtStart(editor.state, editor.view.dispatch, editor.view)).toBe(true)
    expect(outline(editor)).toEqual(['one'])
  })

  it('[DRA-63] the toolbar adds clauses, sub-clauses and headings where the cursor is', () => {
    const { editor } = open([p('start')], 'start')
    addClause(editor.state, editor.view.dispatch, editor.view)
    expect(outline(editor)).toEqual(['1 start'])
    addSubclause(editor.state, editor.view.dispatch, editor.view)
    editor.commands.insertContent('sub')
    addClause(editor.state, editor.view.dispatch, editor.view)
    editor.commands.insertContent('next')
    expect(outline(editor)).toEqual(['1 start', '1.1 sub', '1.2 next'])
    const plain = open([p('title')], 'title').editor
    toggleHeading(plain.state, plain.view.dispatch, plain.view)
    expect(outline(plain)).toEqual(['# title'])
    toggleHeading(plain.state, plain.view.dispatch, plain.view)
    expect(outline(plain)).toEqual(['title'])
  })

  it('[DRA-60] what is typed here arrives there, and undo takes back only one’s own', () => {
    const { editor, doc } = open([c('c1', p('one'))], 'one')
    editor.commands.insertContent(' more')
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    expect(other.getXmlFragment(DRAFT_FIELD).toString()).toContain('one more')
    doc.transact(() => {
      const clause = doc.getXmlFragment(DRAFT_FIELD).get(0) as Y.XmlElement
      ;((clause.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'their ')
    }, 'remote')
    editor.commands.undo()
    expect(outline(editor)).toEqual(['1 their one'])
  })
})

function pasted(html: string): string[] {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  const { editor } = open([p('here')], 'here')
  editor.commands.setContent({ type: 'doc', content: documentOf(blocksFromHtml(body)) as never[] })
  return outline(editor)
}

describe('pasting', () => {
  it('[DRA-64] numbered paragraphs of Word become clauses, its styles are dropped', () => {
    expect(
      pasted(`<html xmlns:o="urn:x"><head><style>p{color:red}</style></head><body>
        <p class=MsoTitle style='color:red'><b>Соглашение</b></p>
        <p class=MsoListParagraph style='margin-left:18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span>1.<span>&nbsp;&nbsp;</span></span><![endif]>Долг <b>1&nbsp;840&nbsp;000&nbsp;₸</b><o:p></o:p></p>
        <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span>1.1.<span>&nbsp;</span></span>Первая часть</p>
        <p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span>·<span>&nbsp;</span></span>точка</p>
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span>2.<span>&nbsp;</span></span>Срок</p></body></html>`),
    ).toEqual(['Соглашение', '1 Долг 1 840 000 ₸', '1.1 Первая часть', '• точка', '2 Срок'])
  })

  it('[DRA-64] lists of other programs and plain numbered lines become clauses too', () => {
    expect(pasted('<h2>Тема</h2><ol><li>Бірінші<ol><li>Ішкі</li></ol></li><li><p>Екінші</p></li></ol>')).toEqual([
      '# Тема',
      '1 Бірінші',
      '1.1 Ішкі',
      '2 Екінші',
    ])
    const lines = documentOf(blocksFromText('Вступление\n1. Долг\n1.1. Часть\n2) Срок\n\n100 000 ₸'))
    expect(lines.map((node) => node.type)).toEqual(['paragraph', 'clause', 'clause', 'paragraph'])
  })

  it('[DRA-65] nothing in it runs, loads or hides: scripts, images, invisible characters', () => {
    const [line] = pasted(
      '<p>a<script>alert(1)</script><img src=x onerror=alert(1)>\u202eb\u200b<a href="javascript:x">c</a><svg><script>1</script></svg></p>',
    )
    expect(line).toBe('abc')
  })
})
