import { afterEach, describe, expect, it, vi } from 'vitest'
import { filesOf } from '#server/signing/testing/forger.ts'
import { fixtureFile } from '#server/testing/fixture.ts'
import { fromUtf8, hex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import { certificateIn, checkFile, chosenFile, chosenFolder, MAX_FILE_BYTES, typedRoot } from './check-file.ts'

const subtle = globalThis.crypto.subtle
const file = (bytes: Uint8Array, size = bytes.length) => ({
  name: 'bundle.zip',
  size,
  arrayBuffer: async () => new Uint8Array(bytes).buffer,
  text: async () => new TextDecoder().decode(bytes),
})

afterEach(() => vi.restoreAllMocks())

const nobody = { typed: undefined, own: undefined }
const issuer = fromPem('CERTIFICATE', fromUtf8(fixtureFile('2026-11', 'authority.pem'))) ?? new Uint8Array()

describe('the public check', () => {
  it('[SIG-63] sends nothing anywhere, and names what is broken', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    const forged = new Uint8Array(fixtureFile('2026-11', 'bundle.zip'))
    forged[20_000] = (forged[20_000] ?? 0) ^ 1
    const { report } = await checkFile(subtle, await chosenFile(file(forged)), nobody)
    expect(report.overall).toBe('broken')
    expect(report.parts.find(({ state }) => state === 'broken')?.part).toBe('agreement.pdf')
    expect(fetched).not.toHaveBeenCalled()
  })

  it('[SIG-63] does not read a file that is far too large', async () => {
    const huge = { ...file(new Uint8Array(), MAX_FILE_BYTES + 1), arrayBuffer: () => Promise.reject(new Error('read')) }
    expect((await checkFile(subtle, await chosenFile(huge), nobody)).report).toMatchObject({
      overall: 'no-bundle',
      parts: [{ fault: 'too-large' }],
    })
    const folder = await chosenFolder([{ path: 'bitim/film.mp4', file: huge }])
    expect((await checkFile(subtle, folder, nobody)).report).toMatchObject({ overall: 'no-bundle', parts: [{ fault: 'too-large' }] })
  })

  it('[SIG-63] takes a control code of 32 digits or 64 hexadecimal ones, however grouped, and nothing half typed', () => {
    const digits = '1111 2222 3333 4444 5555 6666 7777 8888'
    expect(typedRoot(digits)).toEqual({ fingerprint: digits })
    expect(typedRoot('AB'.repeat(32))).toEqual({ fingerprint: 'AB'.repeat(32) })
    for (const text of ['', '1111 2222', `${digits} 9`, 'zz'.repeat(32), 'ab'.repeat(16)]) expect(typedRoot(text)).toBeUndefined()
  })

  it('[DOC-65] an agreement of the installation whose page this is is green by itself; of another one it is amber, and not red', async () => {
    const bundle = await chosenFile(file(fixtureFile('2026-11', 'bundle.zip')))
    const own = { sha256: hex(await sha256(subtle, issuer)) }
    const other = { sha256: 'ab'.repeat(32) }
    const answers = [
      [{ typed: undefined, own }, 'valid', true],
      [{ typed: undefined, own: other }, 'consistent-authority-unknown', false],
      [nobody, 'consistent-authority-unknown', false],
      [{ typed: { certificateDer: issuer }, own: other }, 'valid', false],
      [{ typed: { fingerprint: 'cd'.repeat(32) }, own }, 'other-authority', false],
    ] as const
    for (const [roots, overall, isOwn] of answers) {
      expect(await checkFile(subtle, bundle, roots)).toMatchObject({ report: { overall }, isOwn })
    }
  })

  it('[DOC-65] a folder is checked as a file is', async () => {
    const parts = filesOf(fixtureFile('2026-11', 'bundle.zip'))
    const folder = await chosenFolder(parts.map(({ name, bytes }) => ({ path: `bitim/${name}`, file: file(bytes) })))
    const { report } = await checkFile(subtle, folder, nobody)
    expect(report.overall).toBe('not-whole')
    expect(report.completion?.signers.length).toBeGreaterThan(1)
  })

  it('[SIG-63] takes no file for a certificate that is none', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    for (const text of ['', 'hello', pem]) expect(await certificateIn(file(utf8(text)))).toBeUndefined()
    expect(await certificateIn(file(utf8(pem), 200_000))).toBeUndefined()
  })
})
