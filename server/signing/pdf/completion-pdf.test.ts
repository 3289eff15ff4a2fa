import { execFileSync } from 'node:child_process'
import { randomBytes, webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { PAPER_TEXTS } from '#server/document/pdf/words.ts'
import { CONFIRMED_KINDS } from '#shared/drafting/drafting-protocol.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import { type Completion, completionOf, confirmationKind } from '#shared/signing/bundle/completion.ts'
import { hexOf } from '#shared/signing/named-digest.ts'
import { FIRST_PAPER_WORDS, LATEST_PAPER_WORDS } from '#shared/signing/sealed-records.ts'
import { type SampleSigning, sampleSigning } from '../bundle/sample-signing.ts'
import { completionPdf } from './completion-pdf.ts'
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }
import { COMPLETION_TEXTS, completionWords, FIRST_TEXTS } from './words.ts'

let sample: SampleSigning
let completion: Completion
let text: string
beforeAll(async () => {
  sample = await sampleSigning({
    clock: { now: () => Date.UTC(2026, 10, 22, 9, 3, 22) },
    entropy: { bytes: (count) => randomBytes(count) },
  })
  const [frozen, ...rest] = sample.records
  const signatures = rest.filter((record) => record.record === 'signature')
  const release = rest.at(-1)
  const caseId = sample.events[0]?.caseId
  if (frozen?.record !== 'frozen' || release?.record !== 'release' || !caseId) throw new Error('no records')
  const authorityDer = sample.authority.certificateDer
  completion = await completionOf(webcrypto.subtle, { caseId, frozen, signatures, release, authorityDer })
  text = rawTextOf(sample.files.completionPdf)
})

function rawTextOf(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-completion-'))
  writeFileSync(join(folder, 'c.pdf'), pdf)
  const found = execFileSync('pdftotext', ['-raw', '-nopgbrk', join(folder, 'c.pdf'), '-'], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  return found
}

const wordsIn = (language: Locale) => completionWords(language, LATEST_PAPER_WORDS)
const flat = (value: string) => value.replace(/\s+/g, '')

describe('the certificate of completion', () => {
  it('[DOC-33] says in every language of the case who signed, how they read and confirmed, and that this is no EDS', () => {
    for (const words of [wordsIn('kk'), wordsIn('ru')]) {
      for (const id of [
        'completion.title',
        'statement',
        'identity.link-and-code',
        'identity.staff-account',
        'confirmation.code-read-out',
        'confirmation.password',
      ] as const) {
        expect(flat(text)).toContain(flat(words(id)))
      }
    }
    for (const { name, side } of completion.signers) {
      expect(flat(text).split(flat(name)).length).toBeGreaterThan(2)
      expect(flat(text)).toContain(flat(side ?? ''))
    }
    expect(flat(text)).toContain(flat(wordsIn('ru')('read.by', { name: 'Қуат Әлібек', language: ru['language.ru'] })))
    const digests = [completion.pdfDigest, completion.authority.digest].map(hexOf)
    for (const value of [completion.textCode, completion.authority.digits, ...digests]) expect(flat(text)).toContain(flat(value))
  })

  it('[DOC-34] prints the zone on every line that holds a time', () => {
    const lines = text.split('\n').filter((line) => /\d\d:\d\d:\d\d/.test(line))
    expect(lines.length).toBe(30)
    for (const line of lines) expect(line).toMatch(/\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d, Asia\/Almaty \(UTC\+5\)/)
    expect(text).toContain('22.11.2026 14:03:22')
    expect(localTime(Date.UTC(2026, 11, 31, 20, 0, 0, 999))).toBe('2027-01-01T01:00:00+05:00')
  })

  it('[SIG-95] tells in each language how the signers came in, with who knew a code; and nothing where it was not recorded', async () => {
    for (const words of [kk, ru]) {
      for (const id of [
        'completion.access',
        'access.lead',
        'access.link-made',
        'access.contacts-changed',
        'access.contact-confirmed.mail',
      ] as const)
        expect(flat(text)).toContain(flat(words[id]))
      expect(flat(text)).toContain(flat(words['access.device-bound.read-out'].replace('{device}', 'Chrome, Android')))
      expect(flat(text)).toContain(flat(words['access.device-ended.mediator'].replace('{device}', 'Firefox, Windows')))
    }
    const { access: _told, ...older } = completion
    expect(flat(rawTextOf(await completionPdf(older, LATEST_PAPER_WORDS)))).not.toContain(flat(ru['completion.access']))
  })

  it('[SIG-190] tells in each language what the mediator looked at before the closing and left so, in words that accuse nobody', async () => {
    const { confirmed = [], ...without } = completion
    expect(confirmed.length).toBeGreaterThan(CONFIRMED_KINDS.length)
    for (const words of [completionWords('kk', LATEST_PAPER_WORDS), completionWords('ru', LATEST_PAPER_WORDS)]) {
      for (const id of ['completion.confirmed', 'confirmed.lead'] as const) expect(flat(text)).toContain(flat(words(id)))
      const by = words('confirmed.by', { time: '22.11.2026 14:03:20, Asia/Almaty (UTC+5)', name: 'Қуат Әлібек' })
      expect(flat(text)).toContain(flat(by))
      for (const line of confirmed) {
        const said = words(`confirmed.${confirmationKind(line)}`, { found: line.found })
        expect(flat(text)).toContain(flat(`•${said}`))
        expect(said).not.toMatch(/ошиб|наруш|қате|бұз|wrong|mistake|fault/iu)
      }
    }
    expect(flat(rawTextOf(await completionPdf(without, LATEST_PAPER_WORDS)))).not.toContain(flat(ru['completion.confirmed']))
  })

  it('[DOC-38] says in each language whose name was corrected, from what to what; and nothing where none was', async () => {
    const [correction] = completion.corrections ?? []
    if (!correction) throw new Error('no correction')
    for (const words of [kk, ru]) expect(flat(text)).toContain(flat(words['completion.corrections']))
    const told = { time: '21.11.2026 14:03:22, Asia/Almaty (UTC+5)', was: correction.was, is: correction.is }
    for (const language of ['kk', 'ru'] as const) expect(flat(text)).toContain(flat(wordsIn(language)('correction.line', told)))
    const { corrections: _none, ...without } = completion
    expect(flat(rawTextOf(await completionPdf(without, LATEST_PAPER_WORDS)))).not.toContain(flat(ru['completion.corrections']))
  })

  it('[DOC-33] is the same bytes on every run', async () => {
    expect((await completionPdf(completion, LATEST_PAPER_WORDS)).equals(sample.files.completionPdf)).toBe(true)
  })

  it('[DOC-180] says "control code", as the screens do; one that was released before says what it said', async () => {
    const first = flat(rawTextOf(await completionPdf(completion, FIRST_PAPER_WORDS)))
    for (const [now, before] of [
      ['Контрольный код', 'Отпечаток цифрами'],
      ['Бақылау коды', 'Цифрмен жазылған таңба'],
    ] as const) {
      expect(flat(text)).toContain(flat(now))
      expect(flat(text)).not.toContain(flat(before))
      expect(first).toContain(flat(before))
      expect(first).not.toContain(flat(now))
    }
    for (const words of Object.values(COMPLETION_TEXTS))
      expect(Object.values(words).join()).not.toMatch(/fingerprint|отпечат(?!а)|саусақ|цифрмен жазылған/i)
  })

  it('[DOC-35] every printed word exists in three languages with the same places to fill', () => {
    const places = (value: string) => (value.match(/\{\w+\}/g) ?? []).sort()
    for (const { kk, ru, en } of [PAPER_TEXTS, COMPLETION_TEXTS, FIRST_TEXTS]) {
      for (const words of [kk, ru]) {
        expect(Object.keys(words)).toEqual(Object.keys(en))
        expect(Object.values(words).map(places)).toEqual(Object.values(en).map(places))
      }
    }
    for (const language of LOCALES) expect(wordsIn(language)('footer.page', { page: 1, pages: 2 })).toBe('1 / 2')
  })
})
