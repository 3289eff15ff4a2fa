import { createHash, randomBytes } from 'node:crypto'
import { unzipSync, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from '#server/signing/authority/authority.ts'
import { SAMPLE_MISTAKE, type SampleSigning, sampleSigning } from '#server/signing/bundle/sample-signing.ts'
import { filesOf, repacked } from '#server/signing/testing/forger.ts'
import { fixtureFile } from '#server/testing/fixture.ts'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import type { Source } from './read-source.ts'
import { runVerify } from './run-verify.ts'
import { VERIFY_WORDS } from './words.ts'

const clock = { now: () => Date.UTC(2026, 10, 22, 9, 0, 0) }
const entropy = { bytes: (count: number) => randomBytes(count) }
let sample: SampleSigning
let otherPem: string
beforeAll(async () => {
  sample = await sampleSigning({ clock, entropy })
  otherPem = (await makeAuthority({ clock, entropy, name: 'x' })).certificatePem
})

async function run(...args: string[]) {
  const cut = new Uint8Array(sample.bundle)
  cut[5000] = (cut[5000] ?? 0) ^ 1
  const disk: Record<string, Uint8Array> = {
    'bundle.zip': sample.bundle,
    'broken.zip': cut,
    'root.pem': utf8(sample.authority.certificatePem),
    'other.pem': utf8(otherPem),
    'text.pem': utf8('hello'),
    'older.zip': fixtureFile('2026-11', 'bundle.zip'),
    'older.pem': fixtureFile('2026-11', 'authority.pem'),
    'packed.zip': zipSync(unzipSync(sample.bundle)),
    'agreement.pdf': new Uint8Array(sample.files.pdf),
    'letter.doc': utf8('hello'),
    'newer.zip': await repacked(
      filesOf(sample.bundle).map((file) =>
        file.name === PART.chain ? { ...file, bytes: utf8(fromUtf8(file.bytes).replace('bitim-chain/2', 'bitim-chain/3')) } : file,
      ),
    ),
  }
  const lines: string[] = []
  const readSource = async (path: string): Promise<Source> => {
    const bytes = disk[path]
    if (path === 'folder') return { kind: 'folder', files: filesOf(sample.bundle) }
    if (!bytes) throw new Error('ENOENT')
    return { kind: 'file', bytes }
  }
  const exit = await runVerify({ args, environmentLanguage: 'ru_RU.UTF-8', readSource, print: (line) => lines.push(line) })
  return { exit, out: lines.join('\n') }
}

describe('npm run verify', () => {
  it.each([
    ['en', 'Қуат Әлібек: the word “Щит1к” has letters of two alphabets, or letters and digits'],
    ['ru', 'Қуат Әлібек: в слове «Щит1к» есть буквы двух алфавитов или буквы и цифры'],
    ['kk', 'Қуат Әлібек: «Щит1к» сөзінде екі әліпбидің әріптері немесе әріп пен цифр бар'],
  ])('[SIG-190] tells what the mediator looked at before the closing, by whom and when: %s', async (language, words) => {
    const { out } = await run('bundle.zip', '--root', 'root.pem', '--lang', language)
    expect(out).toContain(`  2026-11-22 13:59:58 (Asia/Almaty, UTC+5) ${words}`)
    expect(out).not.toContain('missing-heading')
    expect((await run('older.zip', '--root', 'older.pem', '--lang', language)).out).not.toContain(words.slice(0, 12))
  })

  it('[DOC-45] [DOC-182] answers 0 and names the signers when the authority was given', async () => {
    for (const args of [
      ['--root', 'root.pem'],
      ['--code', sample.authority.digits],
      ['--code', sample.authority.fingerprint],
      ['--fingerprint', sample.authority.digits], // as the README of earlier bundles says
    ]) {
      const { exit, out } = await run('bundle.zip', ...args, '--lang', 'en')
      expect(exit).toBe(0)
      expect(out).toContain('VALID')
      expect(out).toContain('Өмірбек Ұлжан Һәмитқызы, party, «Ақжол» ЖШС')
      expect(out).toContain('UTC+5')
      expect(out).toContain('not an EDS')
      expect(out).toMatch(/UTC\+5\) Өмірбек Ұлжан Һәмитқызы: a device came in \(Chrome, Android\), with a code that the mediator read out/)
      expect(out).toContain(`Name corrected: ${SAMPLE_MISTAKE} > Иванов Иван Сергеевич, `)
    }
  })

  it('[DOC-71] prints the whole SHA-256 of the text beside the code, and says what the code is for', async () => {
    const { out } = await run('bundle.zip', '--lang', 'en')
    expect(out).toContain(createHash('sha256').update(sample.files.text, 'utf8').digest('hex'))
    expect(out).toMatch(/Text code \(for comparing aloud\): \d{4} \d{4} \d{4}/)
  })

  it('[DOC-45] answers 3 without an authority, and says that names are as claimed', async () => {
    const { exit, out } = await run('bundle.zip', '--lang', 'en')
    expect(exit).toBe(3)
    expect(out).toContain('as the file gives it')
    expect(out).toContain(sample.authority.digits)
  })

  it('[DOC-45] answers 1 and names the broken part', async () => {
    const { exit, out } = await run('broken.zip', '--root', 'root.pem', '--lang', 'en')
    expect(exit).toBe(1)
    expect(out).toMatch(/NO MATCH +(README\.txt|agreement\.pdf): changed/)
    expect(out).not.toContain('Өмірбек')
  })

  it('[DOC-41] answers 7 under another authority than the one that was named, and calls nothing changed', async () => {
    const { exit, out } = await run('bundle.zip', '--root', 'other.pem', '--lang', 'en')
    expect(exit).toBe(7)
    expect(out).toContain('ANOTHER CODE')
    expect(out).not.toMatch(/NO MATCH|^(VALID|CHANGED)/m)
  })

  it.each([
    [[]],
    [['a.zip', 'b.zip']],
    [['--unknown', 'bundle.zip']],
    [['bundle.zip', '--root']],
    [['bundle.zip', '--lang', 'de']],
    [['missing.zip']],
    [['bundle.zip', '--root', 'missing.pem']],
    [['bundle.zip', '--root', 'text.pem']],
  ])('[DOC-45] answers 2 to %j', async (args) => {
    expect((await run(...args)).exit).toBe(2)
  })

  it('[DOC-47] says of an older bundle what its format does not cover, in each language, and of a newer one nothing like it', async () => {
    for (const [language, words] of [
      ['kk', 'мөрмен қорғалмаған'],
      ['ru', 'не защищены печатью'],
      ['en', 'not covered by a seal'],
    ] as const) {
      const { exit, out } = await run('older.zip', '--root', 'older.pem', '--lang', language)
      expect(exit).toBe(0)
      expect(out).toContain(words)
      expect((await run('bundle.zip', '--root', 'root.pem', '--lang', language)).out).not.toContain(words)
    }
  })

  it('[DOC-45] [DOC-48] answers 4 to a bundle of a newer release, and shows nothing of it as true', async () => {
    const { exit, out } = await run('newer.zip', '--root', 'root.pem', '--lang', 'en')
    expect(exit).toBe(4)
    expect(out).toContain('made by a newer release of Bitim')
    expect(out).not.toContain('VALID')
    expect(out).not.toContain('Өмірбек')
  })

  it('[DOC-45] [DOC-60] answers 5 to what is not as it was given out, says whether it was checked and what to do, and accuses nobody', async () => {
    for (const [name, words, isChecked] of [
      ['packed.zip', /Another program has packed the file again/, true],
      ['folder', /These are unpacked files/, true],
      ['agreement.pdf', /This is the PDF alone.*check that one/, false],
    ] as const) {
      const { exit, out } = await run(name, '--root', 'root.pem', '--lang', 'en')
      expect(exit).toBe(5)
      expect(out).toMatch(words)
      expect(out.includes('nothing was changed')).toBe(isChecked)
      expect(out.includes('Өмірбек')).toBe(isChecked)
      expect(out).not.toMatch(/VALID|CHANGED|NO MATCH/)
    }
  })

  it('[DOC-45] [DOC-61] answers 6 to another file, and says which one to take', async () => {
    const { exit, out } = await run('letter.doc', '--lang', 'ru')
    expect(exit).toBe(6)
    expect(out).toContain('Выберите файл .zip, который получили все')
    expect(out).not.toMatch(/ИЗМЕНЁН|НЕ СХОДИТСЯ/)
  })

  it('[DOC-182] accuses nobody and speaks of the service and its control code, in each language', () => {
    for (const words of Object.values(VERIFY_WORDS)) {
      const said = JSON.stringify(words)
      expect(said).not.toMatch(/rely|trust|fake|forg|верить|доверя|поддел|фальш|сенуге болмайды|жалған|fingerprint|отпечат|саусақ/i)
      expect(words.usage).toContain('--code')
      expect(words.compare).toContain('--code')
    }
    for (const [language, words] of [
      ['en', 'control code'],
      ['ru', 'контрольный код'],
      ['kk', 'бақылау кодын'],
    ] as const)
      expect(VERIFY_WORDS[language].compare).toContain(words)
  })

  it('[DOC-45] speaks the language of the terminal, prints the text and JSON on demand', async () => {
    expect((await run('bundle.zip')).out).toContain('НЕ ИЗМЕНЁН, СЕРВИС НЕИЗВЕСТЕН')
    expect((await run('bundle.zip', '--lang', 'kk')).out).toContain('ӨЗГЕРТІЛМЕГЕН, СЕРВИСІ БЕЛГІСІЗ')
    expect((await run('bundle.zip', '--text')).out).toContain(sample.files.text)
    expect(JSON.parse((await run('bundle.zip', '--json')).out)).toMatchObject({ overall: 'consistent-authority-unknown' })
  })
})
