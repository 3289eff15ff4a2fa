// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderWithTexts, testTranslate } from '#client/i18n/testing.tsx'
import { TextSheet } from '#client/signing/TextSheet.tsx'
import { LOCALES } from '#shared/kernel/locale.ts'
import type { BundleReport, NotWhole, Overall, PartFault } from '#shared/signing/bundle/report.ts'
import { ReportView } from './ReportView.tsx'

afterEach(cleanup)

const authority = { trust: 'given', name: 'Bitim bitim.example', sha256: 'a'.repeat(64), digits: '0000' } as const
const older: BundleReport = { overall: 'valid', format: 1, notCovered: ['chain-headers'], parts: [{ part: 'zip', state: 'ok' }], authority }

const DIGEST = `sha-256:${'a'.repeat(64)}` as const
const COMPLETION = {
  caseId: 'case',
  versionId: 'version',
  language: 'ru',
  languages: ['ru'],
  textCode: '1234 5678 9012',
  textDigest: DIGEST,
  pdfDigest: DIGEST,
  frozenAt: '2026-11-22T14:00:00+05:00',
  releasedAt: '2026-11-22T14:10:00+05:00',
  authority: { digest: DIGEST, digits: '0000' },
  signers: [],
} as const

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

  it('[DOC-60] [DOC-61] only what was changed is red; what is not whole, or another file, is told what to do in words that accuse nobody', () => {
    const zip = (fault: PartFault) => [{ part: 'zip', state: 'not-whole', fault }] as const
    const faults: readonly NotWhole[] = [
      ...(['archive-changed', 'repacked', 'folder', 'cut-off', 'packed-otherwise', 'bundle-inside', 'several-bundles'] as const),
      ...(['pdf-alone', 'text-alone', 'part-alone', 'missing', 'unexpected'] as const),
    ]
    const faces: readonly (readonly [BundleReport, string])[] = [
      ...faults.map((fault) => [{ overall: 'not-whole', parts: zip(fault) }, 'warn'] as const),
      ...(['not-a-zip', 'too-large', 'web-page', 'other-archive'] as const).map(
        (fault) => [{ overall: 'no-bundle', parts: [{ part: 'zip', state: 'unchecked', fault }] }, 'plain'] as const,
      ),
      [{ overall: 'consistent-authority-unknown', parts: [] }, 'warn'],
      [{ overall: 'valid', parts: [], authority }, 'good'],
      [{ overall: 'broken', parts: [{ part: 'agreement.pdf', state: 'broken', fault: 'changed' }] }, 'bad'],
    ]
    for (const locale of LOCALES) {
      const said = new Map<string, Overall>()
      for (const [report, tone] of faces) {
        const { container } = renderWithTexts(<ReportView report={report} />, { locale })
        const words = container.querySelector('header')?.textContent ?? ''
        expect(container.querySelector('.verify-report')?.getAttribute('data-tone')).toBe(tone)
        expect(said.has(words), words).toBe(false)
        said.set(words, report.overall)
        if (report.overall !== 'broken') expect(words).not.toMatch(/өзгертілген|изменено:|не совпадает|was signed:|must not/)
        cleanup()
      }
    }
  })

  it('[SIG-190] says what the mediator looked at before the closing, by whom and when, of a file that was not changed alone', () => {
    const line = { by: 'Қуат Әлібек', at: '2026-11-22T13:59:58+05:00' } as const
    const confirmed = [
      { kind: 'mixed-word', found: 'Щит1к', ...line },
      { kind: 'missing-heading', found: 'performance', ...line },
    ] as const
    const completion = { ...COMPLETION, confirmed }
    for (const locale of LOCALES) {
      const t = testTranslate(locale)
      const { container } = renderWithTexts(<ReportView report={{ overall: 'valid', parts: [], authority, completion }} />, { locale })
      expect(container.textContent).toContain(t('verify.confirmed.lead'))
      expect(container.textContent).toContain(`Қуат Әлібек: ${t('verify.confirmed.mixed-word', { found: 'Щит1к' })}`)
      expect(container.textContent).toContain(t('verify.confirmed.missing-heading.performance'))
      cleanup()
      for (const report of [
        { overall: 'broken', parts: [], completion },
        { overall: 'valid', parts: [], completion: COMPLETION },
      ] as const) {
        expect(renderWithTexts(<ReportView report={report} />, { locale }).container.textContent).not.toContain(t('verify.confirmed'))
        cleanup()
      }
    }
  })

  it('[DOC-60] of a file whose content was changed nothing is said to be in order, not even who would vouch for it', () => {
    const parts = [{ part: 'agreement.pdf', state: 'broken', fault: 'changed' }] as const
    const { container } = renderWithTexts(<ReportView report={{ overall: 'broken', parts, authority }} isOwn />, { locale: 'en' })
    expect(container.querySelectorAll('[data-state="good"]')).toHaveLength(0)
    expect(container.textContent).not.toContain('bitim.example')
  })

  it('[DOC-65] says whether the service itself stands behind it, or the code that was entered', () => {
    for (const [isOwn, words] of [
      [true, /bitim\.example: this service/],
      [false, /bitim\.example: as the code that you entered/],
    ] as const) {
      renderWithTexts(<ReportView report={{ overall: 'valid', parts: [], authority }} isOwn={isOwn} />, { locale: 'en' })
      expect(screen.getByText(words)).toBeTruthy()
      cleanup()
    }
  })

  it('[DOC-70] lines of one block stay apart, for an eye, an ear and a copy', () => {
    const blocks = [
      { kind: 'paragraph', depth: 0, lines: ['Алматы қаласы', '2026 жылғы 22 қараша'] },
      { kind: 'clause', number: [1], lines: ['бірінші', 'екінші'] },
    ] as const
    const { container } = renderWithTexts(<TextSheet blocks={blocks} label="x" language="kk" />, { locale: 'kk' })
    expect(container.textContent).toContain('Алматы қаласы\n2026 жылғы 22 қараша')
    expect(container.textContent).toContain('бірінші\nекінші')
    expect(container.querySelectorAll('br')).toHaveLength(2)
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
