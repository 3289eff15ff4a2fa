import { afterEach, describe, expect, it, vi } from 'vitest'
import { utf8 } from '#shared/kernel/bytes.ts'
import { certificateIn, checkFile, chosenFile, MAX_FILE_BYTES, typedRoot } from './check-file.ts'

const subtle = globalThis.crypto.subtle
const file = (bytes: Uint8Array, size = bytes.length) => ({
  name: 'bundle.zip',
  size,
  arrayBuffer: async () => new Uint8Array(bytes).buffer,
  text: async () => new TextDecoder().decode(bytes),
})

afterEach(() => vi.restoreAllMocks())

describe('the public check', () => {
  it('[SIG-63] sends nothing anywhere, and names what is broken', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    const report = await checkFile(subtle, await chosenFile(file(utf8('not a bundle'))), undefined)
    expect(report).toMatchObject({ overall: 'broken', parts: [{ part: 'zip', state: 'broken', fault: 'not-a-zip' }] })
    expect(fetched).not.toHaveBeenCalled()
  })

  it('[SIG-63] does not read a file that is far too large', async () => {
    const huge = { ...file(new Uint8Array(), MAX_FILE_BYTES + 1), arrayBuffer: () => Promise.reject(new Error('read')) }
    expect((await checkFile(subtle, await chosenFile(huge), undefined)).parts[0]?.fault).toBe('too-large')
  })

  it('[SIG-63] takes a control code of 32 digits or 64 hexadecimal ones, however grouped, and nothing half typed', () => {
    const digits = '1111 2222 3333 4444 5555 6666 7777 8888'
    expect(typedRoot(digits)).toEqual({ fingerprint: digits })
    expect(typedRoot('AB'.repeat(32))).toEqual({ fingerprint: 'AB'.repeat(32) })
    for (const text of ['', '1111 2222', `${digits} 9`, 'zz'.repeat(32), 'ab'.repeat(16)]) expect(typedRoot(text)).toBeUndefined()
  })

  it('[SIG-63] takes no file for a certificate that is none', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    for (const text of ['', 'hello', pem]) expect(await certificateIn(file(utf8(text)))).toBeUndefined()
    expect(await certificateIn(file(utf8(pem), 200_000))).toBeUndefined()
  })
})
