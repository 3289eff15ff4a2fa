// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { block } from '#shared/document/document-block.ts'
import { DraftToolbar } from './DraftToolbar.tsx'
import { docOf, openEditor } from './testing/open-editor.ts'

const t = testTranslate('en')
afterEach(cleanup)

describe('a tool that is pressed before the browser tells of the moved caret', () => {
  it.each([
    ['drafting.tools.clause', undefined, ['1 one', '2 two', '3', '4 three']],
    ['drafting.tools.subclause', undefined, ['1 one', '2 two', '2.1', '3 three']],
    ['drafting.tools.more', 'drafting.tools.down', ['1 one', '2 three', '3 two']],
  ] as const)('[DRA-178] %s acts where the caret stands', (tool, item, expected) => {
    const made = openEditor(docOf(['one', 'two', 'three'].map((words) => block(words, 'clause', 1, words))))
    made.caret(0)
    renderWithTexts(<DraftToolbar editor={made.editor} />)
    const end = made.caretUntold(1)
    const button = screen.getByRole('button', { name: t(tool) })
    fireEvent.pointerDown(button)
    if (fireEvent.mouseDown(button)) button.focus()
    fireEvent.click(button)
    if (item) fireEvent.click(screen.getByText(t(item)))
    expect(made.outline()).toEqual(expected)
    end()
    made.editor.destroy()
  })
})
