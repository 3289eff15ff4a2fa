// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { block } from '#shared/document/document-block.ts'
import { docOf, openEditor } from '../testing/open-editor.ts'
import { LetterOffers } from './LetterOffers.tsx'

const t = testTranslate('en')
const closing: (() => void)[] = []
afterEach(() => {
  cleanup()
  for (const close of closing.splice(0)) close()
})

function shown(...texts: readonly string[]) {
  const made = openEditor(docOf(texts.map((text, index) => block(`b${index}`, 'clause', 1, text))))
  closing.push(() => made.editor.destroy())
  renderWithTexts(<LetterOffers editor={made.editor} />)
  return made
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const asked = (found: string, instead: string) => screen.queryByText(t('drafting.letters.offer', { found, instead })) !== null
const offered = () => screen.queryAllByRole('button').map((button) => button.getAttribute('aria-label') ?? button.textContent)

describe('letters that only look Kazakh', () => {
  it('[CHR-22] are offered with their places, exchanged by a press, and brought back by another', () => {
    const made = shown('маӊызды шарт, таӊ', 'жəне', 'Əli')
    const first = t('drafting.letters.exchange', { places: 2 })
    expect(offered()).toEqual([first, t('drafting.letters.keep')])
    expect(asked('ӊ', 'ң')).toBe(true)
    expect(made.outline()).toEqual(['1 маӊызды шарт, таӊ', '2 жəне', '3 Əli'])
    press(first)
    expect(made.outline()).toEqual(['1 маңызды шарт, таң', '2 жəне', '3 Əli'])
    expect(screen.getByRole('status').textContent).toContain(t('drafting.letters.exchanged', { found: 'ӊ', instead: 'ң' }))
    expect(asked('ə', 'ә')).toBe(true)
    press(t('drafting.tools.undo'))
    expect(made.outline()).toEqual(['1 маӊызды шарт, таӊ', '2 жəне', '3 Əli'])
    expect(screen.queryByRole('status')).toBeNull()
    expect(offered()).toContain(first)
  })

  it('[CHR-22] are not brought back over what was written since', () => {
    const made = shown('жəне')
    press(t('drafting.letters.exchange', { places: 1 }))
    made.caret(0)
    act(() => made.type('!'))
    expect(offered()).toEqual([])
    expect(made.outline()).toEqual(['1 және!'])
  })

  it('[CHR-22] are found while one types; kept ones are asked of no more, others are', () => {
    const made = shown('')
    expect(offered()).toEqual([])
    made.caret(0)
    act(() => made.type('жəне'))
    press(t('drafting.letters.keep'))
    expect(offered()).toEqual([])
    act(() => made.type(' ѳз əке'))
    expect(asked('ѳ', 'ө')).toBe(true)
    press(t('drafting.letters.exchange', { places: 1 }))
    expect(made.outline()).toEqual(['1 жəне өз əке'])
  })

  it('[CHR-22] the exchanged letter stands as the other stood: bold, in its place', () => {
    const made = shown('жəне таӊ')
    made.select([0, 0], [0, 4])
    made.editor.commands.toggleMark('bold')
    made.caret(0)
    press(t('drafting.letters.exchange', { places: 1 }))
    expect(made.blocks()[0]?.runs).toEqual([
      { text: 'және', marks: ['bold'] },
      { text: ' таӊ', marks: [] },
    ])
  })
})
