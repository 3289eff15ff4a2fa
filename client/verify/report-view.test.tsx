// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { LOCALES } from '#shared/kernel/locale.ts'
import type { BundleReport } from '#shared/signing/bundle/report.ts'
import { ReportView } from './ReportView.tsx'

afterEach(cleanup)

const authority = { trust: 'given', name: 'Bitim bitim.example', sha256: 'a'.repeat(64), digits: '0000' } as const
const older: BundleReport = { overall: 'valid', format: 1, notCovered: ['chain-headers'], parts: [{ part: 'zip', state: 'ok' }], authority }

/** What is not covered, in the words of each language. */
const LABEL = { kk: 'мөрмен қорғалмаған', ru: 'не защищены печатью', en: 'not covered by a seal' } as const

describe('the answer on the page', () => {
  it('[DOC-47] says of an older file what its format does not cover, and of a file of today nothing like it', () => {
    for (const locale of LOCALES) {
      const view = renderWithTexts(<ReportView report={older} />, { locale })
      expect(view.container.textContent).toContain(LABEL[locale])
      cleanup()
      const today = renderWithTexts(<ReportView report={{ ...older, format: 2, notCovered: [] }} />, { locale })
      expect(today.container.textContent).not.toContain(LABEL[locale])
      cleanup()
    }
  })

  it('[DOC-48] [DOC-49] calls a newer file, or one signed in an unknown way, neither confirmed nor broken, and says why', () => {
    for (const [fault, words] of [
      ['newer-format', /made by a newer release/],
      ['unknown-scheme', /in a way that this check does not know/],
    ] as const) {
      const parts = [
        { part: 'README.txt', state: 'unchecked' },
        { part: 'chain.json', state: 'unchecked', fault },
      ] as const
      renderWithTexts(<ReportView report={{ overall: 'unsupported', parts }} />, { locale: 'en' })
      expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('This check does not know this kind of file')
      expect(screen.getAllByText(words).length).toBeGreaterThan(0)
      expect(screen.queryByText(/confirmed, the text is unchanged/)).toBeNull()
      cleanup()
    }
  })
})
