import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { MasterKeySource } from './config.ts'
import { openKeyFolder } from './key-files.ts'
import { readMasterKey } from './read-master-key.ts'
import { openOwnSecrets, openSharedSecrets, type Secrets, SecretsFault } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'identity-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const makers = { makeAuthorityKey: async () => 'authority', makeSealingKey: async (authority: string) => `sealing by ${authority}` }
const given = (byte: number): MasterKeySource => ({ kind: 'given', key: new Uint8Array(32).fill(byte) })

function open({
  source = { kind: 'own' },
  dataExists = false,
  seed = 'first',
  prove = () => undefined,
}: {
  source?: MasterKeySource
  dataExists?: boolean
  seed?: string
  prove?: (masterKey: Uint8Array) => void
} = {}): Promise<Secrets> {
  return openOwnSecrets({ folder, source, dataExists, prove, entropy: seededEntropy(seed), readSource: readMasterKey, makers })
}

describe('keys of a single server', () => {
  it('[CFG-4] the first run makes four different keys that only this user can read; the next finds them', async () => {
    const first = await open()
    const again = await open({ dataExists: true, seed: 'second' })
    expect(again).toEqual(first)
    expect(first.sealingKey).toBe('sealing by authority')
    const hexes = [first.masterKey, first.tokenKey].map((key) => Buffer.from(key).toString('hex'))
    expect(new Set([...hexes, first.sealingKey, first.authorityKey]).size).toBe(4)
    expect(readdirSync(folder).sort()).toEqual(['authority.key', 'master.check', 'master.key', 'sealing.key', 'token.key'])
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('[CFG-5] data whose keys are gone is not opened, nor is anything made', async () => {
    await expect(open({ dataExists: true })).rejects.toThrow(/master\.key is missing/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('[CFG-5] a master key that went missing is not replaced by a new one', async () => {
    await open()
    rmSync(join(folder, 'master.key'))
    await expect(open({ seed: 'second' })).rejects.toThrow(/master\.key is missing.*restore/)
  })

  it('[CFG-5] another master key is refused in plain words', async () => {
    await open({ source: given(1) })
    await expect(open({ source: given(2), dataExists: true })).rejects.toThrow(SecretsFault)
    await expect(open({ source: given(2) })).rejects.toThrow(/not the one this data was made with/)
    await expect(open({ source: given(1), dataExists: true })).resolves.toBeDefined()
  })

  it('[CFG-5] a damaged master key is named', async () => {
    await open()
    writeFileSync(join(folder, 'master.key'), 'half')
    await expect(open({ dataExists: true })).rejects.toThrow(/master\.key is damaged/)
  })

  it.each(['sealing.key', 'authority.key'])('[CFG-5] no new %s is made beside existing data', async (name) => {
    await open()
    rmSync(join(folder, name))
    await expect(open({ dataExists: true })).rejects.toThrow(`${name} is missing`)
  })

  it('[CFG-8] a key file is never overwritten: of two, both use the first', () => {
    const files = openKeyFolder(folder)
    expect(files.putIfAbsent('a.key', 'first', 'x')).toBe('first')
    expect(files.putIfAbsent('a.key', 'second', 'y')).toBe('first')
    expect(readdirSync(folder)).toEqual(['a.key'])
    expect(readFileSync(join(folder, 'a.key'), 'utf8')).toBe('first\n')
  })
})

describe('keys of several servers', () => {
  const openShared = (keys: ReturnType<typeof memoryStorage>['keys'], source: MasterKeySource, seed: string, dataExists = false) =>
    openSharedSecrets({ source, keys, dataExists, prove: () => undefined, entropy: seededEntropy(seed), readSource: readMasterKey, makers })

  it('[CFG-6] the second server finds the keys of the first, and they rest wrapped', async () => {
    const storage = memoryStorage()
    const first = await openShared(storage.keys, given(1), 'first')
    expect(await openShared(storage.keys, given(1), 'second')).toEqual(first)
    const wrapped = await storage.keys.get('installation:authority')
    expect(Buffer.from(wrapped ?? []).includes('authority')).toBe(false)
    await storage.close()
  })

  it('[CFG-6] another master key, or none, is refused', async () => {
    const storage = memoryStorage()
    await openShared(storage.keys, given(1), 'first')
    await expect(openShared(storage.keys, given(2), 'second')).rejects.toThrow(/not the one this data was made with/)
    await expect(openShared(storage.keys, { kind: 'own' }, 'second')).rejects.toThrow(/must be given one master key/)
    await storage.close()
  })
})

describe('a master key from outside', () => {
  it('[CFG-7] is read from a file or a command', async () => {
    const path = join(folder, 'outside')
    writeFileSync(path, `${'07'.repeat(32)}\n`)
    const key = new Uint8Array(32).fill(7)
    expect(await readMasterKey({ kind: 'file', path })).toEqual(key)
    expect(await readMasterKey({ kind: 'command', command: `cat ${path}` })).toEqual(key)
  })

  it('[CFG-7] what cannot be read is said without showing what came', async () => {
    await expect(readMasterKey({ kind: 'file', path: join(folder, 'nowhere') })).rejects.toThrow(/cannot be read/)
    await expect(readMasterKey({ kind: 'command', command: 'echo canary; echo canary >&2; exit 1' })).rejects.toThrow(
      /BITIM_MASTER_KEY_COMMAND failed/,
    )
    const error = await readMasterKey({ kind: 'command', command: 'echo canary' }).catch((thrown: unknown) => thrown)
    expect(String(error)).toMatch(/gave no master key/)
    expect(String(error)).not.toContain('canary')
  })
})
