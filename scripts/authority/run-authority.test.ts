import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { envToConfig } from '#server/config/config.ts'
import { authorityKeyFrom, openSharedSecrets } from '#server/config/secrets.ts'
import { openInstallation } from '#server/installation.ts'
import { realSystem } from '#server/system.ts'
import { answered } from '#server/testing/http-world.ts'
import { platformWorld } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { authorityLook } from '#shared/signing/signing-routes.ts'
import { runAuthority } from './run-authority.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-authority-'))
const folder = join(parent, 'data')
beforeAll(() => mkdirSync(folder))
afterAll(() => rmSync(parent, { recursive: true }))

async function run(dataFolder: string, ...args: string[]) {
  const lines: string[] = []
  const exit = await runAuthority({ args, environment: { DATA_FOLDER: dataFolder }, print: (line) => lines.push(line) })
  return { exit, out: lines.join('\n') }
}

describe('npm run authority', () => {
  it('[DOC-66] prints, while the server runs, what its public page shows', async () => {
    const config = envToConfig({ DATA_FOLDER: folder })
    if (!config.ok) throw new Error(config.faults.join())
    const installation = await openInstallation(config.value, realSystem())
    const world = await platformWorld({ storage: installation.storage, installation })
    try {
      const { name, digits, sha256 } = answered(await world.browser().call(authorityLook, {}))
      const { exit, out } = await run(folder)
      expect(exit).toBe(0)
      for (const each of [name, digits, sha256]) expect(out).toContain(each)
      expect(await run(folder, '--pem')).toEqual({ exit: 0, out: installation.authority.certificatePem.trimEnd() })
      expect(out).not.toContain('PRIVATE')
    } finally {
      await world.close()
    }
  })

  it('[DOC-66] says in one line what is missing or damaged', async () => {
    const empty = join(parent, 'empty')
    expect(await run(empty)).toMatchObject({ exit: 1, out: expect.stringContaining('no authority yet') })
    mkdirSync(join(empty, 'keys'), { recursive: true })
    for (const text of ['', '{}', '{"certificatePem":"x","privateKeyPem":"y"}']) {
      writeFileSync(join(empty, 'keys/authority.key'), text)
      expect(await run(empty)).toMatchObject({ exit: 1, out: expect.stringContaining('is damaged') })
    }
    expect((await run(folder, '--unknown')).exit).toBe(2)
  })

  it('[DOC-66] finds the authority that several servers share', async () => {
    const storage = await memoryStorage()
    const masterKey = new Uint8Array(32).fill(7)
    expect(await authorityKeyFrom(masterKey, storage.keys)).toBeUndefined()
    const { authorityKey } = await openSharedSecrets({
      source: { kind: 'given', key: masterKey },
      readSource: async () => masterKey,
      keys: storage.keys,
      dataExists: false,
      prove: () => undefined,
      entropy: realSystem().entropy,
      makers: { makeAuthorityKey: async () => 'the authority', makeSealingKey: async () => 'the sealing key' },
    })
    expect(await authorityKeyFrom(masterKey, storage.keys)).toBe(authorityKey)
    await expect(authorityKeyFrom(new Uint8Array(32).fill(8), storage.keys)).rejects.toThrow('master key')
    await storage.close()
  })
})
