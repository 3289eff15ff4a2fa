// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import { block } from '#shared/document/document-block.ts'
import { docOf, openEditor } from '../testing/open-editor.ts'
import { blocksToInsert } from './insert-pasted.ts'
import { blocksFromHtml, blocksFromText } from './pasted-blocks.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

function paste(data: Readonly<Record<string, string>>, text = '', before = 'paragraph' as 'paragraph' | 'clause') {
  const made = openEditor(docOf([block('a', before, before === 'clause' ? 1 : 0, text)]))
  closing.push(() => made.editor.destroy())
  made.caret(0)
  const event = Object.assign(new Event('paste'), { clipboardData: { types: [], getData: (type: string) => data[type] ?? '' } })
  made.editor.view.someProp('handlePaste', (handle) => handle(made.editor.view, event as never, null as never))
  return made
}
const pasted = (html: string) => paste({ 'text/html': html }).outline()

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

  it('[DRA-64] lists of other programs and plain numbered lines become clauses too, each with an id of its own', () => {
    expect(pasted('<h2>Тема</h2><ol><li>Бірінші<ol><li>Ішкі</li></ol></li><li><p>Екінші</p></li></ol>')).toEqual([
      '# Тема',
      '1 Бірінші',
      '1.1 Ішкі',
      '2 Екінші',
    ])
    const lines = blocksToInsert(blocksFromText('Вступление\n1. Долг\n1.1. Часть\n2) Срок\n\n100 000 ₸'))
    expect(lines.map(({ kind, depth }) => [kind, depth])).toEqual([
      ['paragraph', 0],
      ['clause', 1],
      ['clause', 2],
      ['clause', 1],
      ['paragraph', 0],
    ])
    const ids = paste({ 'text/plain': '1. a\n2. b\n3. c' }, 'here')
      .blocks()
      .map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
  })

  it('[DRA-64] one paragraph lands in the sentence, with its marks and line breaks; more land below the line', () => {
    const one = paste({ 'text/html': '<p>a<br><b>b</b></p>' }, 'x', 'clause')
    expect(one.outline()).toEqual(['1 xa\nb'])
    expect(one.blocks()[0]?.runs.at(-1)).toEqual({ text: 'b', marks: ['bold'] })
    const more = paste({ 'text/plain': '1. a\n1.1. b' }, 'x', 'clause')
    more.type('!')
    expect(more.outline()).toEqual(['1 x', '2 a', '2.1 b!'])
  })

  it('[DRA-65] nothing in it runs, loads or hides: scripts, images, invisible characters', () => {
    const [line] = pasted(
      '<p>a<script>alert(1)</script><img src=x onerror=alert(1)>\u202eb\u200b<a href="javascript:x">c</a><svg><script>1</script></svg></p>',
    )
    expect(line).toBe('abc')
    expect(blocksFromHtml('<p> </p>')).toEqual([])
    expect(blocksFromText('a\u202eb')[0]?.runs).toEqual([{ text: 'ab', marks: [] }])
  })
})
