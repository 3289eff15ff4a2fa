// With which words a bundle's papers are made: said by its release record, so that what was given out is made again as it was.
import { randomBytes, webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fixtureFile } from '#server/testing/fixture.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import { chainSealed } from '#shared/signing/chain-protocol.ts'
import { FIRST_PAPER_WORDS, LATEST_PAPER_WORDS, type PaperWords, paperWordsOf, releaseRecord } from '#shared/signing/sealed-records.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { filesOf } from '../testing/forger.ts'
import { buildBundle } from './build-bundle.ts'
import { bundleReadme } from './readme.ts'
import { sampleSigning } from './sample-signing.ts'

async function released(paperWords: PaperWords) {
  const clock = { now: () => Date.UTC(2026, 10, 22) }
  const sample = await sampleSigning({ clock, entropy: { bytes: (count) => randomBytes(count) }, paperWords })
  const release = sample.records.find((record) => record.record === 'release')
  if (release?.record !== 'release') throw new Error('no release')
  return { ...sample, release }
}

function readmeIn(bundle: Uint8Array): string {
  return fromUtf8(filesOf(bundle).find(({ name }) => name === PART.readme)?.bytes ?? new Uint8Array())
}

describe('the words of a bundle', () => {
  it.each<PaperWords>([FIRST_PAPER_WORDS, LATEST_PAPER_WORDS])(
    '[DOC-181] of version %s are known from its record: it is made again to the byte',
    async (words) => {
      const { release, events, closing, files, authority, sealingKey, bundle } = await released(words)
      expect(paperWordsOf(release)).toBe(words)
      expect('paperWords' in release).toBe(words !== FIRST_PAPER_WORDS)
      const [first] = events
      if (!first) throw new Error('no events')
      const closed = { ...first, type: chainSealed.name, version: chainSealed.version, body: JSON.stringify(closing) }
      const made = await buildBundle(webcrypto.subtle, {
        events: [...events, closed],
        pdf: files.pdf,
        text: files.text,
        authorityDer: authority.certificateDer,
        sealingCertificates: [sealingKey.certificateDer],
      })
      expect(Buffer.from(made).equals(bundle)).toBe(true)
      expect(readmeIn(bundle)).toBe(bundleReadme(words))
      expect(await verifyBundle(webcrypto.subtle, bundle, authority)).toMatchObject({ overall: 'valid' })
    },
  )

  it('[DOC-181] what an earlier release has given out reads as it did', () => {
    expect(readmeIn(fixtureFile('2026-11', 'bundle.zip'))).toBe(bundleReadme(FIRST_PAPER_WORDS))
  })

  it('[DOC-180] today’s say "control code"; the first said otherwise', () => {
    const other = /learn the fingerprint|отпечаток|саусақ/
    expect(bundleReadme(LATEST_PAPER_WORDS)).not.toMatch(other)
    for (const words of ['control code', 'контрольный код', 'бақылау кодын']) expect(bundleReadme(LATEST_PAPER_WORDS)).toContain(words)
    expect(bundleReadme(FIRST_PAPER_WORDS)).toMatch(other)
  })

  it('[DOC-181] of a later release can be checked here, and are made by no guess', async () => {
    const { release } = await released(LATEST_PAPER_WORDS)
    expect(releaseRecord.safeParse(release).success).toBe(true)
    expect(releaseRecord.safeParse({ ...release, paperWords: 3 }).success).toBe(true)
    expect(() => paperWordsOf({ paperWords: 3 })).toThrow('newer release')
    for (const paperWords of [0, 1, 2.5, '2']) expect(releaseRecord.safeParse({ ...release, paperWords }).success).toBe(false)
  })
})
