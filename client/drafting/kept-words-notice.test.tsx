// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { partOfCase } from '#client/realtime/testing/part-of-case.ts'
import { CaseProvider } from '#client/realtime/use-case.tsx'
import { KeptWordsNotice } from './KeptWordsNotice.tsx'
import { keptWordsOf } from './kept-words.ts'

const t = testTranslate('en')
afterEach(cleanup)

function notice(words: string) {
  const client = partOfCase({ storage: undefined })
  keptWordsOf(client).add(words)
  const { container } = renderWithTexts(
    <CaseProvider client={client}>
      <KeptWordsNotice />
    </CaseProvider>,
  )
  return container.querySelector('blockquote')?.textContent ?? ''
}

it('[DRA-109] of a whole document that was kept only the beginning is laid out, and it says so', () => {
  expect(notice('word '.repeat(60_000)).length).toBeLessThan(2_100)
  screen.getByText(t('drafting.kept.beginning'))
  cleanup()
  expect(notice('a few words')).toBe('a few words')
  expect(screen.queryByText(t('drafting.kept.beginning'))).toBeNull()
})
