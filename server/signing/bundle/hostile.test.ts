// Files that somebody made to be believed, or that went through rough hands: whatever they are, the verdict is right, and green is for the
// very file alone that was given out.
import { randomBytes, webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { type Zippable, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import type { BundleReport, Overall, TrustedRoot } from '#shared/signing/bundle/report.ts'
import { writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { verifyBundle, verifyFolder } from '#shared/signing/verify-bundle.ts'
import { chainIn, filesOf, relinked, repacked, withChain } from '../testing/forger.ts'
import { type OtherZip, otherZip } from '../testing/other-zips.ts'
import { type SampleSigning, sampleSigning } from './sample-signing.ts'

const subtle = webcrypto.subtle
const clock = { now: () => Date.UTC(2026, 10, 22, 9, 3, 22, 500) }
const entropy = { bytes: (count: number) => randomBytes(count) }

let sample: SampleSigning
let other: SampleSigning
let stranger: SampleSigning
let root: TrustedRoot
let files: readonly ZipFile[]
let others: readonly ZipFile[]
beforeAll(async () => {
  sample = await sampleSigning({ clock, entropy })
  other = await sampleSigning({ clock: { now: () => clock.now() + 86_400_000 }, entropy, from: sample })
  stranger = await sampleSigning({ clock, entropy })
  root = { certificateDer: sample.authority.certificateDer }
  files = filesOf(sample.bundle)
  others = filesOf(other.bundle)
})

const verify = (zip: Uint8Array) => verifyBundle(subtle, zip, root)
const asFolder = (list: readonly ZipFile[]) => verifyFolder(subtle, list, root)
const oddIn = ({ parts }: BundleReport) => parts.flatMap(({ part, fault }) => (fault ? [`${part} ${fault}`] : []))
const entriesOf = (list: readonly ZipFile[]): Zippable => Object.fromEntries(list.map(({ name, bytes }) => [name, bytes]))
const inFolder = (folder: string, list: readonly ZipFile[]) => list.map((file) => ({ ...file, name: `${folder}/${file.name}` }))
const file = (name: string, bytes: Uint8Array = utf8('x')): ZipFile => ({ name, bytes })

/** The first list with these parts as the second has them. */
function mixed(names: readonly string[]): readonly ZipFile[] {
  return files.map((each) => (names.includes(each.name) ? (others.find(({ name }) => name === each.name) ?? each) : each))
}
async function inEveryPacking(list: readonly ZipFile[]): Promise<readonly BundleReport[]> {
  return [await verify(writeZip(list)), await verify(await repacked(list)), await verify(zipSync(entriesOf(list))), await asFolder(list)]
}

describe('parts of two genuine agreements', () => {
  it('[DOC-190] mixed in whatever way they are never green, and red in each part that is not of this agreement', async () => {
    const same = new Set(
      files
        .filter(({ name, bytes }) => others.some((each) => each.name === name && Buffer.from(each.bytes).equals(bytes)))
        .map(({ name }) => name),
    )
    const exchangeable = files.map(({ name }) => name).filter((name) => !same.has(name))
    expect(exchangeable).toEqual(expect.arrayContaining([PART.pdf, PART.completionPdf, 'signatures/1-party.p7s', PART.chain]))
    await fc.assert(
      fc.asyncProperty(fc.subarray(exchangeable, { minLength: 1, maxLength: exchangeable.length - 1 }), async (names) => {
        for (const report of await inEveryPacking(mixed(names))) expect(report.overall, names.join()).toBe('broken')
      }),
      { seed: 190, numRuns: 10 },
    )
  }, 120_000)

  it('[DOC-190] a signature, a certificate or a text out of another agreement is named, and no other part', async () => {
    for (const names of [
      ['signatures/1-party.p7s'],
      ['signatures/1-party.p7s', 'certificates/signer-1.pem'],
      [PART.completionPdf],
      [PART.pdf],
      [PART.completion],
    ]) {
      for (const report of [await verify(zipSync(entriesOf(mixed(names)))), await asFolder(mixed(names))])
        expect(
          report.parts
            .filter(({ state }) => state === 'broken')
            .map(({ part }) => part)
            .sort(),
        ).toEqual([...names].sort())
    }
  })

  it('[DOC-190] two signatures of one agreement exchanged with each other do not pass for each other', async () => {
    const [one, two] = ['signatures/1-party.p7s', 'signatures/2-representative.p7s'].map((name) => files.find((each) => each.name === name))
    const exchanged = files.map((each) =>
      each === one ? { ...each, bytes: two?.bytes ?? each.bytes } : each === two ? { ...each, bytes: one?.bytes ?? each.bytes } : each,
    )
    for (const report of await inEveryPacking(exchanged)) expect(report.overall).toBe('broken')
  })

  it('[DOC-190] without the lines of a signature nothing is green: in the chain it is broken, beside it something is missing', async () => {
    const chain = chainIn(files)
    const without = chain.events.filter((_, at) => at !== chain.events.findIndex(({ type }) => type === 'signature:sealed'))
    const numbered = without.map((event, at) => ({ ...event, seq: at + 1 }))
    for (const events of [without, numbered])
      expect((await verify(await withChain(files, await relinked({ ...chain, events })))).overall).toBe('broken')
    const rest = files.filter(({ name }) => name !== 'signatures/1-party.p7s')
    for (const report of [await verify(writeZip(rest)), await asFolder(rest)]) {
      expect(report.overall).toBe('not-whole')
      expect(oddIn(report)).toContain('signatures/1-party.p7s missing')
    }
  })

  it('[DOC-190] an authority of the same name is another one, put into this file it is a changed part', async () => {
    expect((await verify(stranger.bundle)).overall).toBe('other-authority')
    const theirs = filesOf(stranger.bundle).find(({ name }) => name === PART.authority)
    const changed = files.map((each) => (each.name === PART.authority && theirs ? theirs : each))
    for (const report of await inEveryPacking(changed)) expect(report.overall).toBe('broken')
  })
})

describe('several agreements at once', () => {
  it('[DOC-191] in one folder, or in one archive, nobody can say which is meant: it is said so, and nothing is judged', async () => {
    const both = [...inFolder('a', files), ...inFolder('b/c', others)]
    const archives = [file('a.zip', sample.bundle), file('b.zip', other.bundle)]
    for (const report of [
      await asFolder(both),
      await asFolder([...files, ...inFolder('older', others)]),
      await asFolder(archives),
      await verify(zipSync(entriesOf(both))),
      await verify(zipSync(entriesOf(archives))),
    ]) {
      expect(report).toMatchObject({ overall: 'not-whole', parts: [{ part: 'zip', fault: 'several-bundles' }] })
      expect(report.completion).toBeUndefined()
    }
  })

  it('[DOC-191] the one archive in a folder is what has to be checked; beside unpacked parts it is one file too many', async () => {
    const folder = [file('Downloads/photo.jpg'), file('Downloads/кел\u202eісім.zip', sample.bundle), file('Downloads/agreement.pdf')]
    expect(await asFolder(folder)).toMatchObject({ overall: 'not-whole', parts: [{ fault: 'bundle-inside' }] })
    const beside = await asFolder([...files, file('b.zip', other.bundle)])
    expect(oddIn(beside)).toEqual(['zip folder', 'b.zip unexpected'])
    expect(await asFolder([file('a.zip', zipSync({ 'b.zip': sample.bundle }))])).toMatchObject({ parts: [{ fault: 'bundle-inside' }] })
  })

  it('[DOC-191] an agreement within another one is one file too many', async () => {
    const within = [...files, file('older.zip', other.bundle)]
    for (const report of [await verify(writeZip(within)), await verify(zipSync(entriesOf(within))), await asFolder(within)]) {
      expect(report.overall).toBe('not-whole')
      expect(oddIn(report)).toContain('older.zip unexpected')
      expect(report.completion?.frozenAt).toMatch(/^2026-11-22/)
    }
    expect(await verify(zipSync({ 'note.txt': utf8('x'), 'a.zip': sample.bundle }))).toMatchObject({ parts: [{ fault: 'bundle-inside' }] })
  })

  it('[DOC-191] what lies beside the folder of the agreement is one file too many, and never passes for a part', async () => {
    const beside = [
      ...inFolder(
        'x/y',
        files.filter(({ name }) => name !== PART.pdf),
      ),
      file(PART.pdf, sample.files.pdf),
      file('x/chain.txt'),
    ]
    const report = await asFolder(beside)
    expect(report.overall).toBe('not-whole')
    expect(oddIn(report).sort()).toEqual([
      '../../agreement.pdf unexpected',
      '../../x/chain.txt unexpected',
      'agreement.pdf missing',
      'zip folder',
    ])
  })

  it('[DOC-191] files without a part of ours are none of ours; a part alone is told as one', async () => {
    expect(await asFolder([file('a.jpg'), file('b/c.txt')])).toMatchObject({ overall: 'no-bundle', parts: [{ fault: 'other-archive' }] })
    expect(await asFolder([])).toMatchObject({ overall: 'no-bundle', parts: [{ fault: 'other-archive' }] })
    expect(await asFolder([file('a.pdf', sample.files.pdf), file('b.pdf', sample.files.completionPdf)])).toMatchObject({
      parts: [{ fault: 'pdf-alone' }],
    })
  })

  it('[DOC-191] parts that were chosen one by one are known without their folders', async () => {
    const flat = files.map((each) => ({ ...each, name: each.name.replace(/^.*\//, '') }))
    const report = await asFolder(flat)
    expect(report.overall).toBe('not-whole')
    expect(oddIn(report)).toEqual(['zip folder'])
  })
})

describe('an archive from rough hands', () => {
  it.each([
    ['large', { isLarge: true }],
    ['larger than zip once knew, at the end', { isLarge: true, hasLargeEnd: true }],
    ['sizes behind the content', { isToldLater: true }],
    ['names in the letters of a country', { extra: Buffer.from([0xaa, 0xa0, 0xe0, 0x2e, 0x74, 0x78, 0x74]) }],
  ] as const satisfies readonly (readonly [string, OtherZip])[])(
    '[DOC-192] packed again by another program it is packed again, and no more: %s',
    async (_, how) => {
      const report = await verify(otherZip(files, how))
      expect(oddIn(report)[0]).toBe('zip repacked')
      expect(report.parts.filter(({ part, state }) => state !== 'ok' && part !== 'zip').length).toBe('extra' in how ? 1 : 0)
    },
  )

  it('[DOC-192] bytes before, behind or around it make it another archive of the same parts, and nothing of it changed', async () => {
    const shapes: readonly [Uint8Array, Uint8Array][] = [
      [utf8('From: a@b.kz\n\n'), new Uint8Array()],
      [sample.files.pdf as Uint8Array, new Uint8Array()],
      [new Uint8Array(), utf8('x')],
      [new Uint8Array(), randomBytes(200_000)],
      [randomBytes(70_000), randomBytes(70_000)],
    ]
    for (const [before, behind] of shapes) {
      for (const zip of [sample.bundle, zipSync(entriesOf(files))]) {
        const report = await verify(concat(before, zip, behind))
        expect(report.overall).toBe('not-whole')
        expect(oddIn(report)).toEqual(['zip archive-changed'])
        expect(report.completion?.signers).toHaveLength(3)
      }
    }
  })

  it('[DOC-192] a document with an archive somewhere in it stays what it is', async () => {
    const pdf = concat(sample.files.pdf as Uint8Array, zipSync({ 'film.mp4': utf8('x') }), utf8('%%EOF'))
    expect(await verify(pdf)).toMatchObject({ overall: 'not-whole', parts: [{ fault: 'pdf-alone' }] })
  })

  it('[DOC-192] names in capital letters are the same parts; two that differ by case alone are not', async () => {
    const capitals = files.map((each) => ({ ...each, name: each.name.toUpperCase() }))
    expect(oddIn(await verify(zipSync(entriesOf(capitals))))).toEqual(['zip repacked'])
    expect(oddIn(await asFolder(inFolder('USB', capitals)))).toEqual(['zip folder'])
    const twins = [...files, file('Agreement.pdf', randomBytes(100))]
    for (const report of [await verify(zipSync(entriesOf(twins))), await asFolder(twins), await verify(writeZip(twins))]) {
      expect(report.overall).toBe('not-whole')
      expect(oddIn(report)).toContain('Agreement.pdf unexpected')
    }
  })

  it('[DOC-192] a PDF with bytes behind it is a changed part, by itself it is a PDF alone', async () => {
    const longer = concat(sample.files.pdf as Uint8Array, utf8('\n% more'))
    expect(await verify(longer)).toMatchObject({ overall: 'not-whole', parts: [{ fault: 'pdf-alone' }] })
    for (const report of await inEveryPacking(files.map((each) => (each.name === PART.pdf ? { ...each, bytes: longer } : each))))
      expect(report.parts.filter(({ state }) => state === 'broken').map(({ part }) => part)).toEqual([PART.pdf])
  })

  it('[DOC-192] any further files, under any names, leave the parts what they are and the answer readable', async () => {
    const odd = fc.oneof(
      fc.constantFrom(
        '../../etc/passwd',
        '/etc/passwd',
        'C:\\x',
        'a/'.repeat(3_000),
        'con',
        '.',
        '..',
        'README.txt/x',
        '__proto__',
        'constructor',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc
        .array(fc.constantFrom('\u001b[2J', '\u202e', '\u200b', '\u0007', '\r', '\n', '\ufeff', 'agreement.pdf', '/', ' '))
        .map((pieces) => `x${pieces.join('')}`),
    )
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(odd, { minLength: 1, maxLength: 5 }), async (names) => {
        const more = names.filter((name) => !files.some((each) => each.name.toLowerCase() === name.toLowerCase()) && !/\p{Cs}/u.test(name))
        if (more.length === 0) return
        const list = [...files, ...more.map((name) => file(name))]
        for (const report of [await verify(writeZip(list)), await asFolder(list)]) {
          expect(report.overall).toBe('not-whole' satisfies Overall)
          expect(JSON.stringify(report.parts)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
        }
      }),
      { seed: 192, numRuns: 25 },
    )
  }, 120_000)
})
