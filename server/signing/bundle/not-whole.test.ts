// Bundles as people bring them: sent through a messenger, unpacked by a browser, packed again, cut off. Nothing was forged in any of them.
import { randomBytes, webcrypto } from 'node:crypto'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import { PART } from '#shared/signing/bundle/parts.ts'
import type { BundleReport, Overall, PartFault, TrustedRoot } from '#shared/signing/bundle/report.ts'
import { writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { verifyBundle, verifyFolder } from '#shared/signing/verify-bundle.ts'
import { filesOf } from '../testing/forger.ts'
import { type SampleSigning, sampleSigning } from './sample-signing.ts'

const subtle = webcrypto.subtle
const clock = { now: () => Date.UTC(2026, 10, 22, 9, 3, 22, 500) }
const entropy = { bytes: (count: number) => randomBytes(count) }

let sample: SampleSigning
let root: TrustedRoot
let files: readonly ZipFile[]
beforeAll(async () => {
  sample = await sampleSigning({ clock, entropy })
  root = { certificateDer: sample.authority.certificateDer }
  files = filesOf(sample.bundle)
})

const verify = (zip: Uint8Array) => verifyBundle(subtle, zip, root)
const asFolder = (list: readonly ZipFile[]) => verifyFolder(subtle, list, root)
const found = ({ overall, parts }: BundleReport) => ({
  overall,
  odd: parts.flatMap(({ part, fault }) => (fault ? [`${part} ${fault}`] : [])),
})
const notWhole = (...odd: string[]) => ({ overall: 'not-whole', odd })
const partOf = (name: string) => files.find((file) => file.name === name)?.bytes ?? new Uint8Array()
const packed = (edit: (entries: Record<string, Uint8Array>) => Zippable = (entries) => entries, level: 0 | 9 = 9) =>
  zipSync(edit(unzipSync(sample.bundle)), { level })
const inFolder = (folder: string) => (entries: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [`${folder}/${name}`, bytes]))
const reversed = (entries: Record<string, Uint8Array>) => Object.fromEntries(Object.entries(entries).reverse())
const changedIn = (list: readonly ZipFile[], name: string): readonly ZipFile[] =>
  list.map((file) => (file.name === name ? { name, bytes: file.bytes.map((byte, i) => (i === 100 ? byte ^ 1 : byte)) } : file))
const LEFT = { '__MACOSX/._agreement.pdf': utf8('x'), '.DS_Store': utf8('y'), 'signatures/.DS_Store': utf8('y'), 'Thumbs.db': utf8('z') }

describe('a bundle that is not whole', () => {
  it('[DOC-60] packed again by another program, in whatever order and folder, it is whole in all its parts, and named as packed again', async () => {
    const ways: readonly [string, Uint8Array][] = [
      ['compressed', packed()],
      ['stored', packed((entries) => entries, 0)],
      ['in another order', packed(reversed)],
      ['in a folder', packed(inFolder('Келісім'))],
      ['in folders', packed(inFolder('a/b'))],
      ['with what systems leave', packed((entries) => ({ ...entries, ...LEFT }))],
      ['in a folder, with what systems leave beside it', packed((entries) => ({ ...inFolder('bitim')(entries), ...LEFT }))],
      ['with entries for folders', packed((entries) => ({ 'signatures/': new Uint8Array(), ...entries }))],
    ]
    for (const [way, zip] of ways) {
      const report = await verify(zip)
      expect(found(report), way).toEqual(notWhole('zip repacked'))
      expect(report.authority?.trust, way).toBe('given')
      expect(report.completion?.signers).toHaveLength(3)
      expect(report.text).toBe(sample.files.text)
    }
  })

  it('[DOC-60] unpacked into a folder it is whole in all its parts, and named as a folder', async () => {
    const left = Object.entries(LEFT).map(([name, bytes]) => ({ name, bytes }))
    for (const list of [files, [...files].reverse(), [...files, ...left], files.map((file) => ({ ...file, name: `x/${file.name}` }))]) {
      const report = await asFolder(list)
      expect(found(report)).toEqual(notWhole('zip folder'))
      expect(report.completion?.signers).toHaveLength(3)
    }
    expect(found(await asFolder([{ name: 'bitim.zip', bytes: sample.bundle }]))).toEqual(notWhole('zip bundle-inside'))
    expect(found(await asFolder([]))).toEqual({ overall: 'no-bundle', odd: ['zip other-archive'] })
  })

  it('[DOC-60] without one of its parts the others are judged, and the missing one is named', async () => {
    for (const { name } of files) {
      const rest = files.filter((file) => file.name !== name)
      expect(found(await verify(writeZip(rest))), name).toEqual(notWhole(`${name} missing`))
      expect(found(await asFolder(rest)), name).toEqual(notWhole('zip folder', `${name} missing`))
    }
    const few = files.filter(({ name }) => ![PART.pdf as string, PART.readme, PART.authority].includes(name))
    expect(found(await verify(writeZip(few))).overall).toBe('not-whole')
  })

  it('[DOC-60] cut off anywhere it is named as cut off, and nothing of it as changed', async () => {
    for (let length = 4; length < sample.bundle.length; length += 997) {
      expect(found(await verify(sample.bundle.subarray(0, length))), `${length}`).toMatchObject({
        overall: 'not-whole',
        odd: expect.arrayContaining(['zip cut-off']),
      })
    }
  })

  it('[DOC-60] packed again and then cut off or damaged in its directory it is no forgery either', async () => {
    const zip = packed()
    for (let length = 4; length < zip.length; length += 499) {
      expect(found(await verify(zip.subarray(0, length))), `${length}`).toEqual(notWhole('zip cut-off'))
    }
    const central = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    const damaged = zip.map((byte, i) => (i === central ? 0 : byte))
    expect(found(await verify(damaged))).toEqual(notWhole('zip archive-changed'))
  })

  it('[DOC-60] a part alone, and an archive around the file, are named as what they are', async () => {
    const ways: readonly [Uint8Array, PartFault][] = [
      [partOf(PART.pdf), 'pdf-alone'],
      [partOf(PART.completionPdf), 'pdf-alone'],
      [partOf(PART.text), 'text-alone'],
      [partOf(PART.chain), 'part-alone'],
      [partOf(PART.manifest), 'part-alone'],
      [partOf(PART.completion), 'part-alone'],
      [partOf(PART.authority), 'part-alone'],
      [partOf('signatures/1-party.p7s'), 'part-alone'],
      [zipSync({ 'bitim.zip': sample.bundle, '.DS_Store': utf8('y') }), 'bundle-inside'],
      [zipSync({ 'a/agreement.pdf': partOf(PART.pdf) }), 'pdf-alone'],
    ]
    for (const [bytes, fault] of ways) expect(found(await verify(bytes))).toEqual(notWhole(`zip ${fault}`))
  })

  it('[DOC-60] under a password, or packed in a way that is not read here, it is named so', async () => {
    for (const [at, value] of [
      [6, 1],
      [8, 93],
    ] as const) {
      const zip = packed()
      const view = new DataView(zip.buffer, zip.byteOffset)
      const central = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
      view.setUint16(at, value, true)
      view.setUint16(central + at + 2, value, true)
      expect(found(await verify(zip))).toEqual(notWhole('zip packed-otherwise'))
    }
  })

  it('[DOC-60] a changed part stays changed however it is packed, and is named, and no other', async () => {
    for (const { name, bytes } of files) {
      if (bytes.length <= 100) continue
      const forged = changedIn(files, name)
      const entries = Object.fromEntries(forged.map((file) => [file.name, file.bytes]))
      for (const report of [
        await verify(zipSync(entries)),
        await verify(zipSync(inFolder('x')(reversed(entries)))),
        await asFolder(forged),
      ]) {
        expect(report.overall, name).toBe('broken')
        expect(report.parts.filter(({ state }) => state === 'broken').map(({ part }) => part)).toEqual([name])
      }
    }
  })

  it('[DOC-61] another file is said to be no bundle, and not a broken one', async () => {
    const ways: readonly [Uint8Array, PartFault][] = [
      [new Uint8Array(), 'not-a-zip'],
      [utf8('hello'), 'not-a-zip'],
      [randomBytes(5000), 'not-a-zip'],
      [utf8('<!DOCTYPE html>\n<html lang="kk"><body>Bitim</body></html>'), 'web-page'],
      [utf8('\ufeff\n<html>'), 'web-page'],
      [zipSync({ 'photo.jpg': utf8('x'), 'letter.docx': utf8('y') }), 'other-archive'],
      [zipSync({ 'photo.jpg': utf8('x') }), 'other-archive'],
      [zipSync({}), 'other-archive'],
      [new Uint8Array(64 * 1024 * 1024 + 1), 'too-large'],
    ]
    for (const [bytes, fault] of ways)
      expect(found(await verify(bytes))).toEqual({ overall: 'no-bundle' satisfies Overall, odd: [`zip ${fault}`] })
  })

  it('[DOC-61] an archive that unpacks to more than it says, or more than any bundle, is given up: no chain of it is read', async () => {
    const zip = zipSync({ [PART.chain]: new Uint8Array(3_000_000) }, { level: 9 })
    const view = new DataView(zip.buffer, zip.byteOffset)
    const central = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    view.setUint32(22, 10, true)
    view.setUint32(central + 24, 10, true)
    expect((await verify(zip)).overall).toBe('broken')
    const large = zipSync({ [PART.chain]: new Uint8Array(9_000_000) })
    expect(found(await verify(large))).toEqual({ overall: 'broken', odd: ['zip repacked', 'chain.json too-large'] })
  })
})
