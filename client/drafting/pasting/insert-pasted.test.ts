// @vitest-environment jsdom
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { block, wordsOf } from '#shared/document/document-block.ts'
import { fragmentOf, readBlocks } from '#shared/document/yjs-document.ts'
import { docOf, openEditor, outlineOf } from '../testing/open-editor.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

function open(...texts: readonly string[]) {
  const doc = docOf(texts.map((text, index) => block(`b${index}`, 'paragraph', 0, text)))
  const made = openEditor(doc)
  closing.push(() => made.editor.destroy())
  const { view } = made.editor
  const paste = (data: Readonly<Record<string, string>>) => {
    const event = Object.assign(new Event('paste', { cancelable: true }), {
      clipboardData: { types: [], getData: (type: string) => data[type] ?? '' },
    })
    view.dom.dispatchEvent(event)
    return event.defaultPrevented
  }
  return {
    ...made,
    text: (words: string) => paste({ 'text/plain': words }),
    html: (words: string) => paste({ 'text/html': words }),
    shared: () => outlineOf(readBlocks(fragmentOf(doc, 'ru'))),
    selectAll: () => made.editor.commands.selectAll(),
  }
}

describe('where pasted words come to stand', () => {
  it('[DRA-206] a lone piece stands at the caret, with the caret behind it', () => {
    for (const words of ['30.04.2026', '30.04.2026\n', '2.5 тонны', '18.30']) {
      const made = open('Оплата до , не позже.')
      made.caret(0, 10)
      made.text(words)
      made.type('!')
      expect(made.outline()).toEqual([`Оплата до ${words.trim()}!, не позже.`])
      expect(made.shared()).toEqual(made.outline())
    }
    const cell = open('Сумма .')
    cell.caret(0, 6)
    cell.html('<table><tr><td>175.500,00 ₸</td></tr></table>')
    expect(cell.outline()).toEqual(['Сумма 175.500,00 ₸.'])
    const point = open('Сумма .')
    point.caret(0, 6)
    point.html('<ol><li>500 ₸</li></ol>')
    expect(point.outline()).toEqual(['Сумма 500 ₸.'])
  })

  it('[DRA-206] whole blocks stand below the line, above it at its beginning, in its place where it is empty', () => {
    for (const [before, at, lines] of [
      ['Слова', 5, ['Слова', 'Один', 'Два!']],
      ['Слова', 2, ['Слова', 'Один', 'Два!']],
      ['Слова', 0, ['Один', 'Два!', 'Слова']],
      ['', 0, ['Один', 'Два!']],
    ] as const) {
      const made = open(before)
      made.caret(0, at)
      made.text('Один\nДва')
      made.type('!')
      expect(made.outline()).toEqual(lines)
      expect(made.shared()).toEqual(lines)
    }
  })

  it('[DRA-206] two pastes one behind the other, and what is typed then, stand in that order', () => {
    const made = open('')
    made.type('Вступление.')
    made.text('1. Один\n2. Два')
    made.text('3. Три\n4. Четыре')
    made.type(' Конец.')
    expect(made.outline()).toEqual(['Вступление.', '1 Один', '2 Два', '3 Три', '4 Четыре Конец.'])
    expect(made.shared()).toEqual(made.outline())
  })

  it('[DRA-207] what is selected is replaced: a sentence, a part of one, parts of several lines, everything', () => {
    const line = open('Платит 500.')
    line.select([0, 0], [0, 11])
    line.text('Платит 700.\nСрок 10 дней.')
    expect(line.outline()).toEqual(['Платит 700.', 'Срок 10 дней.'])

    const part = open('Платит 500 сразу.')
    part.select([0, 7], [0, 10])
    part.text('700')
    part.type('!')
    expect(part.outline()).toEqual(['Платит 700! сразу.'])

    const divided = open('Платит 500 сразу.')
    divided.select([0, 7], [0, 10])
    divided.text('Один\nДва')
    divided.type('!')
    expect(divided.outline()).toEqual(['Платит ', 'Один', 'Два!', ' сразу.'])

    const several = open('первая строка', 'вторая', 'третья строка')
    several.select([0, 7], [2, 6])
    several.text('Один\nДва')
    several.type('!')
    expect(several.outline()).toEqual(['первая ', 'Один', 'Два!', ' строка'])

    const joined = open('первая строка', 'вторая', 'третья строка')
    joined.select([0, 7], [2, 7])
    joined.text('и')
    joined.type('!')
    expect(joined.outline()).toEqual(['первая и!строка'])
    expect(joined.blocks().map(wordsOf)).toEqual(['первая и!', 'строка'])

    for (const [words, lines] of [
      ['Один\nДва', ['Один', 'Два!']],
      ['Один', ['Один!']],
    ] as const) {
      const all = open('старое', 'ещё', '')
      all.selectAll()
      all.text(words)
      all.type('!')
      expect(all.outline()).toEqual(lines)
      expect(all.shared()).toEqual(lines)
    }
  })

  it('[DRA-207] a paste is taken back in one step, apart from what was typed before and behind it', () => {
    const made = open('старое', 'ещё')
    made.caret(1)
    made.type(' раз')
    made.select([0, 2], [1, 3])
    made.text('Один\nДва')
    made.type('!')
    made.editor.commands.undo()
    expect(made.outline()).toEqual(['ст', 'Один', 'Два', ' раз'])
    made.editor.commands.undo()
    expect(made.outline()).toEqual(['старое', 'ещё раз'])
    expect(made.shared()).toEqual(made.outline())
  })

  it('[DRA-202] where nothing that is seen was copied nothing comes, by no other reading either; a picture’s words are its text', () => {
    const made = open('слова')
    made.caret(0)
    expect(made.html('<p><del>500</del></p>')).toBe(true)
    expect(made.outline()).toEqual(['слова'])
    made.editor.view.dom.dispatchEvent(
      Object.assign(new Event('paste'), {
        clipboardData: { types: [], getData: (type: string) => (type === 'text/html' ? '<img src=x alt=y>' : ' подпись') },
      }),
    )
    expect(made.outline()).toEqual(['словаподпись'])
  })

  it('[DRA-308] pictures and files are left to nobody, and told of; words beside them are words', () => {
    let told = 0
    const made = openEditor(docOf([block('b', 'paragraph', 0, 'слова')]), () => told++)
    closing.push(() => made.editor.destroy())
    made.caret(0)
    const { view } = made.editor
    // nothing is laid out here
    Object.defineProperty(view, 'posAtCoords', { value: () => ({ pos: 6, inside: 0 }) })
    const bring = (door: 'paste' | 'drop', data: Readonly<Record<string, string>>) => {
      const transfer = { types: [...Object.keys(data), 'Files'], getData: (type: string) => data[type] ?? '' }
      const event = Object.assign(new Event(door, { cancelable: true }), { clipboardData: transfer, dataTransfer: transfer })
      view.dom.dispatchEvent(event)
      return event.defaultPrevented
    }
    for (const door of ['paste', 'drop'] as const) {
      for (const data of [{}, { 'text/html': '<meta><img src="data:image/png;base64,AA">' }, { 'text/html': '<p><del>нет</del></p>' }]) {
        told = 0
        expect(bring(door, data)).toBe(true)
        expect([told, made.outline()]).toEqual([1, ['слова']])
      }
    }
    told = 0
    expect(bring('paste', { 'text/html': '<p> и ещё</p>' })).toBe(true)
    expect([told, made.outline()]).toEqual([0, ['словаи ещё']])
  })

  it('[DRA-206] wherever it is put, every word that was not selected and every pasted one stands in the text, in order', () => {
    const texts = fc.array(fc.constantFrom('', 'аб', 'вгд', 'е'), { minLength: 1, maxLength: 4 })
    const lines = fc.array(fc.constantFrom('1', '22', '333'), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), lines, fc.boolean(), (before, one, other, pasted, joined) => {
        const made = open(...before)
        const { editor } = made
        if (joined && before.length > 1) {
          editor.view.dispatch(editor.state.tr.setNodeAttribute(editor.state.doc.child(0).nodeSize, 'continues', 'b0'))
        }
        const places: (readonly [number, number])[] = before.flatMap((text, index) =>
          Array.from({ length: text.length + 1 }, (_, at) => [index, at] as const),
        )
        const [from, to] = [one % places.length, other % places.length].sort((a, b) => a - b).map((at) => places[at])
        if (!from || !to) return
        made.select(from, to)
        const left = before.map((text, index) => text.slice(0, index < from[0] ? undefined : index === from[0] ? from[1] : 0)).join('')
        const right = before.map((text, index) => text.slice(index < to[0] ? text.length : index === to[0] ? to[1] : 0)).join('')
        made.text(pasted.join('\n'))
        made.type('!')
        const words = made.outline().join('')
        const put = `${pasted.join('')}!`
        expect(words).toContain(put)
        expect(words.replace(put, '')).toBe(left + right)
        if (from !== to) expect(words).toBe(left + put + right)
        expect(made.shared()).toEqual(made.outline())
        const ids = made.blocks().map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        made.editor.destroy()
      }),
      { seed: 20261128, numRuns: 150 },
    )
  })
})

describe('one cleaning for all doors', () => {
  const UNSEEN = 'пере\u00adнос,\u00a0нуль\u200b \ufeffметка\u000bвторая'
  const SEEN = 'перенос, нуль метка\nвторая'

  it('[DRA-208] typed, put in at once, pasted as text, as a page, from this text and from another editor: the same words', () => {
    const doors: Readonly<Record<string, (made: ReturnType<typeof open>) => unknown>> = {
      typed: (made) => made.type(UNSEEN),
      'put in': ({ editor }) => editor.view.dispatch(editor.state.tr.insertText(UNSEEN)),
      text: (made) => made.text(UNSEEN),
      page: (made) => made.html(`<p>${UNSEEN}</p>`),
      'this text': (made) => made.html(`<p data-block="b7" data-kind="paragraph" data-depth="0" data-pm-slice="1 1 []">${UNSEEN}</p>`),
      'another editor': (made) => made.html(`<p data-pm-slice="1 1 []">${UNSEEN}</p>`),
    }
    for (const [door, put] of Object.entries(doors)) {
      const made = open('')
      made.caret(0)
      put(made)
      expect(made.outline(), door).toEqual([SEEN])
      expect(made.shared(), door).toEqual([SEEN])
      made.type('!')
      expect(made.outline(), door).toEqual([`${SEEN}!`])
    }
    const other = open('')
    other.html('<ul data-pm-slice="1 1 []"><li><p>раз</p></li><li><p>два<del>три</del></p></li></ul>')
    expect(other.outline()).toEqual(['раз', 'два'])
  })

  it('[DRA-208] a word that is being composed is left to the input method until it is done; what others wrote is left as it is', () => {
    const made = open('да', 'чужой\u00a0пробел')
    const { view } = made.editor
    Object.defineProperty(view, 'composing', { value: true, configurable: true })
    made.caret(0)
    made.type('\u00a0нет')
    expect(made.outline()[0]).toBe('да\u00a0нет')
    Object.defineProperty(view, 'composing', { value: false, configurable: true })
    made.caret(0)
    expect(made.outline()).toEqual(['да нет', 'чужой\u00a0пробел'])
    expect(made.shared()).toEqual(made.outline())

    const twice = open('аб')
    const { state, dispatch } = twice.editor.view
    dispatch(state.tr.insertText('в\u00a0г', 2).insertText('\u00a0д\u200b\u00a0', 4))
    expect(twice.outline()).toEqual(['ав  д гб'])

    const theirs = openEditor(docOf([block('a', 'paragraph', 0, 'чужой\u00a0пробел')]))
    closing.push(() => theirs.editor.destroy())
    theirs.caret(0)
    theirs.type('.')
    expect(theirs.outline()).toEqual(['чужой\u00a0пробел.'])
  })
})
