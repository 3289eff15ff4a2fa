// An installation opened in this process: first runs that were cut off, and keys and data of MongoDB that do not fit.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Config, envToConfig } from '#server/config/config.ts'
import { openInstallation } from '#server/installation.ts'
import { startFault } from '#server/start-fault.ts'
import { openStorage } from '#server/storage/open.ts'
import type { Storage } from '#server/storage/ports.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import { platformWorld, setUpOwner } from '#server/testing/platform-world.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-installation-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const newFolder = () => mkdtempSync(join(parent, 'data-'))

function configOf(env: Record<string, string>): Config {
  const checked = envToConfig(env)
  if (!checked.ok) throw new Error(checked.faults.join('; '))
  return checked.value
}

async function openAndClose(config: Config): Promise<void> {
  const { storage } = await openInstallation(config, realSystem())
  await storage.close()
}

/** What the person at the terminal reads, with the exit code. */
async function refusal(config: Config): Promise<string> {
  const error = await openAndClose(config).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  const fault = startFault(error, { host: config.host, port: config.port, storage: config.storage.kind })
  return fault ? `${fault.exitCode} ${fault.line}` : `not refused: ${error}`
}

describe('a first run that was cut off', () => {
  it.each<[string, (folder: string) => Promise<unknown> | unknown]>([
    ['after the folder', () => undefined],
    ['after the empty files', emptyFiles],
    [
      'after the data',
      (folder) =>
        openSqlite({ folder })
          .close()
          .then(() => rmSync(join(folder, 'keys'), { recursive: true })),
    ],
    [
      'within keys.db',
      (folder) =>
        openSqlite({ folder })
          .close()
          .then(() => truncateSync(join(folder, 'keys', 'keys.db'), 0)),
    ],
    ['before any key', (folder) => openSqlite({ folder }).close()],
    ['after some keys', (folder) => keysUpTo(folder, ['master.key', 'master.check', 'token.key'])],
    ['after all keys', (folder) => keysUpTo(folder, ['master.key', 'master.check', 'token.key', 'authority.key', 'sealing.key'])],
  ])('[STA-23] %s goes on at the next start', async (_name, leave) => {
    const folder = newFolder()
    await leave(folder)
    const config = configOf({ DATA_FOLDER: folder })
    await openAndClose(config)
    await openAndClose(config)
  })

  function emptyFiles(folder: string): void {
    mkdirSync(join(folder, 'keys'))
    for (const name of ['bitim.db', 'lock.db', 'keys/keys.db']) writeFileSync(join(folder, name), '')
  }

  /** Keys of a run elsewhere, beside storage in which nothing was written yet. */
  async function keysUpTo(folder: string, names: readonly string[]): Promise<void> {
    const elsewhere = newFolder()
    await openAndClose(configOf({ DATA_FOLDER: elsewhere }))
    await openSqlite({ folder }).close()
    for (const name of names) cpSync(join(elsewhere, 'keys', name), join(folder, 'keys', name))
  }
})

const base = process.env.TEST_MONGODB_URI

describe.runIf(base)('MongoDB', () => {
  const KEY = 'ab'.repeat(32)
  function newPlace() {
    const name = `bitim-start-${randomBytes(6).toString('hex')}`
    const at = (database: string) => {
      const uri = new URL(base ?? 'mongodb://localhost/')
      uri.pathname = `/${database}`
      return uri.href
    }
    return { MONGODB_URI: at(name), MONGODB_KEYS_URI: at(`${name}-keys`), BITIM_MASTER_KEY: KEY }
  }
  type Place = ReturnType<typeof newPlace>

  async function inUse(): Promise<Place> {
    const place = newPlace()
    const installation = await openInstallation(configOf(place), realSystem())
    const world = await platformWorld({ storage: installation.storage, installation })
    await setUpOwner(world)
    await world.close()
    return place
  }

  async function withStorage<T>({ MONGODB_URI, MONGODB_KEYS_URI }: Place, work: (storage: Storage) => Promise<T>): Promise<T> {
    const storage = await openStorage({ dataFolder: 'unused', mongoUri: MONGODB_URI, mongoKeysUri: MONGODB_KEYS_URI })
    try {
      return await work(storage)
    } finally {
      await storage.close()
    }
  }

  async function takeOver(from: Place, to: Place, name: string): Promise<void> {
    const theirs = await withStorage(from, ({ keys }) => keys.get(name))
    await withStorage(to, async ({ keys }) => {
      await keys.destroy(name)
      await keys.putIfAbsent(name, theirs ?? new Uint8Array())
    })
  }

  it('[STA-24] keys of the store that are missing, foreign or damaged, and data without keys or the reverse, are refused', {
    timeout: 300_000,
  }, async () => {
    const other = await inUse()
    const cases: [(place: Place) => Promise<unknown>, RegExp][] = [
      [async () => undefined, /^not refused: undefined$/],
      ...['token', 'authority', 'sealing'].map((name): [(place: Place) => Promise<unknown>, RegExp] => [
        (place) => withStorage(place, ({ keys }) => keys.destroy(`installation:${name}`)),
        new RegExp(`^2 The key installation:${name} is missing`),
      ]),
      [(place) => takeOver(other, place, 'installation:token'), /^2 The token key is not the one/],
      [(place) => takeOver(other, place, 'installation:authority'), /^2 The sealing key was not certified by the authority/],
      [(place) => takeOver(other, place, 'installation:records'), /^2 The data and the keys are not of one installation/],
      [
        (place) =>
          withStorage(place, async ({ keys }) => {
            await keys.destroy('installation:sealing')
            await keys.putIfAbsent('installation:sealing', new Uint8Array(randomBytes(400)))
          }),
        /^2 The master key is not the one .* or the key installation:sealing is damaged/,
      ],
      [
        (place) => withStorage(place, ({ keys }) => keys.destroy('installation:records')),
        /^2 The keys of conversations and records .* are missing/,
      ],
    ]
    for (const [damage, words] of cases) {
      const place = await inUse()
      await damage(place)
      expect(await refusal(configOf(place))).toMatch(words)
    }
    const place = await inUse()
    expect(await refusal(configOf({ ...place, BITIM_MASTER_KEY: 'cd'.repeat(32) }))).toMatch(/^2 The master key is not the one/)
    expect(await refusal(configOf({ ...place, MONGODB_KEYS_URI: newPlace().MONGODB_KEYS_URI }))).toMatch(/^2 The keys of .* are missing/)
    expect(await refusal(configOf({ ...place, MONGODB_URI: newPlace().MONGODB_URI }))).toMatch(/^2 The data is missing, but its keys/)
    expect(await refusal(configOf({ ...place, MONGODB_URI: other.MONGODB_URI }))).toMatch(/^2 The data and the keys are not of one/)
  })
})

describe('words at the terminal', () => {
  it.each<[string, RegExp]>([
    ['EADDRINUSE', /^Port 8080 is taken: set PORT/],
    ['EACCES', /^Port 8080 is not open to this user/],
    ['EADDRNOTAVAIL', /^HOST=h is no address of this machine/],
    ['ENOTFOUND', /^HOST=h is not known to this machine/],
    ['EAFNOSUPPORT', /^HOST=h: this machine has no such network/],
  ])('[STA-21] %s at the port is one line and exit code 2', (code, words) => {
    const error = Object.assign(new Error(`listen ${code}\n    at x`), { code, syscall: code === 'ENOTFOUND' ? 'getaddrinfo' : 'listen' })
    const fault = startFault(error, { host: 'h', port: 8080, storage: 'sqlite' })
    expect(fault?.exitCode).toBe(2)
    expect(fault?.line).toMatch(words)
    expect(fault?.line).not.toContain('\n')
  })

  it('[STA-25] a database that is not there now may be there later: exit code 1; what nobody foresaw is thrown on', async () => {
    const uri = { MONGODB_URI: 'mongodb://127.0.0.1:1/bitim', MONGODB_KEYS_URI: 'mongodb://127.0.0.1:1/keys' }
    expect(await refusal(configOf({ ...uri, BITIM_MASTER_KEY: 'ab'.repeat(32) }))).toMatch(/^1 MongoDB cannot be reached, or refuses/)
    expect(startFault(new TypeError('ours'), { host: 'h', port: 1, storage: 'sqlite' })).toBeUndefined()
  })
})
