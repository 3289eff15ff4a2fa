// Starts over a data folder that somebody has to mend: the real process says it in one line, ends with exit code 2, and changes nothing.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#server/storage/sqlite/database.ts'
import { type BuiltServer, buildServer, type StartOptions } from '#server/testing/built-server.ts'
import { copyFixture } from '#server/testing/fixture.ts'

const KEY_FILES = ['master.key', 'token.key', 'authority.key', 'sealing.key']
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

const parent = mkdtempSync(join(tmpdir(), 'bitim-damaged-'))
chmodSync(parent, 0o755)
const own = join(parent, 'own')
const other = join(parent, 'other')
let server: BuiltServer
beforeAll(async () => {
  server = await buildServer()
  copyFixture('2026-11', own) // of an earlier release: its fingerprints are written down at this first start
  for (const folder of [own, other]) {
    const { child, ready, ended } = server.start({ DATA_FOLDER: folder })
    await ready
    child.kill('SIGTERM')
    expect((await ended).code).toBe(0)
  }
}, 120_000)
afterAll(() => {
  server.remove()
  rmSync(parent, { recursive: true, force: true })
})

/** Every path below with its bytes as a digest: what a start must leave as it was. */
function contentsOf(path: string): Record<string, string> {
  if (!existsSync(path)) return { '.': 'missing' }
  if (!lstatSync(path).isDirectory()) return { '.': createHash('sha256').update(readFileSync(path)).digest('hex') }
  // Not what SQLite works out anew at each opening, and what tells nothing of what is stored.
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('-shm'))
  return Object.fromEntries(
    names.map((name) => {
      const file = join(path, name)
      return [name, lstatSync(file).isFile() ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'folder']
    }),
  )
}

interface Installation {
  readonly folder: string
  readonly data: string
  key(name: string): string
}

/** What is wrong; answers what else the start is given (`StartWith`), or nothing. */
type Damage = (installation: Installation) => unknown
interface StartWith extends StartOptions {
  readonly env?: Readonly<Record<string, string>>
}

function newInstallation(): Installation {
  const folder = mkdtempSync(join(parent, 'data-'))
  cpSync(own, folder, { recursive: true })
  return { folder, data: join(folder, 'bitim.db'), key: (name) => join(folder, 'keys', name) }
}

async function startOn(damage: Damage): Promise<{ code: number | null; stderr: string; changed: readonly string[] }> {
  const installation = newInstallation()
  const { env = {}, ...options } = (damage(installation) ?? {}) as StartWith // what damages answer, if anything
  const environment = { DATA_FOLDER: installation.folder, ...env }
  const before = contentsOf(environment.DATA_FOLDER)
  const { code, stderr } = await server.start(environment, options).ended
  const after = contentsOf(environment.DATA_FOLDER)
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return { code, stderr, changed: [...names].filter((name) => before[name] !== after[name]) }
}

function write(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path)
  change(bytes)
  writeFileSync(path, bytes)
}

const flip =
  (at: number, bits = 0x40): Damage =>
  ({ data }) =>
    write(data, (bytes) => void bytes.writeUInt8((bytes[at] ?? 0) ^ bits, at))
const replaced =
  (name: string): Damage =>
  ({ key }) =>
    copyFileSync(join(other, 'keys', name), key(name))
const emptied =
  (name: string): Damage =>
  ({ key }) =>
    writeFileSync(key(name), '')

/** Everything belongs to nobody but what the test takes from them: so that root, too, meets a closed folder. */
function asNobody({ folder }: Installation): StartOptions {
  if (!isRoot) return {}
  for (const name of ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) chownSync(join(folder, name), NOBODY, NOBODY)
  return { uid: NOBODY }
}
const closed =
  (name: string, mode: number): Damage =>
  (installation) => {
    const options = asNobody(installation)
    chmodSync(join(installation.folder, name), mode)
    if (isRoot) chownSync(join(installation.folder, name), 0, 0)
    return options
  }

/** A pair of certificate and key as they are stored. */
const pairIn = (folder: string, name: string): Record<string, string> => JSON.parse(readFileSync(join(folder, 'keys', name), 'utf8'))

const DAMAGES: readonly (readonly [string, Damage, RegExp])[] = [
  [
    'a file in the place of the data folder',
    ({ folder }) => ({ env: { DATA_FOLDER: join(folder, 'bitim.db') } }),
    /bitim\.db is no folder/,
  ],
  ['a data folder below a file', ({ folder }) => ({ env: { DATA_FOLDER: join(folder, 'bitim.db', 'data') } }), /bitim\.db is no folder/],
  ['a data folder that cannot be made', () => ({ env: { DATA_FOLDER: '/proc/bitim/data' } }), /DATA_FOLDER=\/proc\/bitim\/data cannot be/],
  ['a data folder that is not writable', closed('.', 0o555), /DATA_FOLDER=\S+ cannot be written: chown/],
  ['a data folder of somebody else', closed('.', 0o700), /DATA_FOLDER=\S+ cannot be written: chown/],
  ['a data folder that everybody shares', ({ folder }) => chmodSync(folder, 0o1777), /shared with everybody/],
  ['a folder of keys that cannot be read', closed('keys', 0o700), /keys cannot be read|cannot be written/],
  ['a key that cannot be read', closed('keys/authority.key', 0o600), /authority\.key/],
  ['a lock that cannot be written', closed('lock.db', 0o444), /cannot be written/],
  ['data that cannot be written', closed('bitim.db', 0o444), /cannot be written/],

  ['data that is garbage', ({ data }) => writeFileSync(data, 'this is no database '.repeat(500)), /is damaged, or no data/],
  ['half of the data', ({ data }) => truncateSync(data, 4096 * 40), /damaged/],
  ['a hundred bytes of data', ({ data }) => truncateSync(data, 100), /damaged/],
  ['a page of noise in the data', ({ data }) => write(data, (bytes) => void bytes.fill(0xee, 8192, 12288)), /damaged/],
  ['a flipped bit in the first word of the data', flip(3), /damaged/],
  ['a flipped bit in the size of its pages', flip(16), /damaged/],
  ['a flipped bit in the form of its file', flip(19), /damaged|cannot be/],
  ['a flipped bit in its letters', flip(59, 3), /damaged/],
  ['no data', ({ data }) => rmSync(data), /bitim\.db is missing or empty, but its keys are there/],
  ['empty data', ({ data }) => truncateSync(data, 0), /bitim\.db is missing or empty, but its keys are there/],
  ['data without a row', freshData, /bitim\.db is missing or empty, but its keys are there/],
  ['data of a newer release', ({ data }) => alter(data, 'PRAGMA user_version = 999'), /version 999, this release knows \d+/],
  ['data of another program', foreignData, /not of this platform/],
  ['data of another installation', ({ data }) => copyFileSync(join(other, 'bitim.db'), data), /not of one installation/],

  ['no keys at all', ({ folder }) => rmSync(join(folder, 'keys'), { recursive: true }), /keys of conversations and records .* are missing/],
  ['a file in the place of the keys', fileForKeys, /keys is no folder/],
  ['no keys.db', ({ key }) => rmSync(key('keys.db')), /keys of conversations and records .* are missing/],
  ['an empty keys.db', emptied('keys.db'), /keys of conversations and records .* are missing/],
  ['a keys.db that is garbage', ({ key }) => writeFileSync(key('keys.db'), 'garbage '.repeat(2000)), /damaged/],
  ['a keys.db of another installation', replaced('keys.db'), /master key is not the one that the keys .* were wrapped with/],
  [
    'a keys.db that holds no key',
    ({ key }) => alter(key('keys.db'), 'DELETE FROM wrapped_key'),
    /keys of conversations and records .* missing/,
  ],
  ...KEY_FILES.map((name): readonly [string, Damage, RegExp] => [
    `no ${name}`,
    ({ key }) => rmSync(key(name)),
    new RegExp(`${name} is missing`),
  ]),
  ['an empty master.key', emptied('master.key'), /master\.key is damaged/],
  ['an empty authority.key', emptied('authority.key'), /authority\.key is damaged/],
  ['a token.key of noise', noise('token.key'), /token\.key is damaged/],
  ['a sealing.key of noise', noise('sealing.key'), /sealing\.key is damaged/],
  ['a folder in the place of master.key', folderFor('master.key'), /master\.key cannot be read/],
  ['the master key of another installation', replaced('master.key'), /master key is not the one/],
  ['master key and check of another installation', both('master.key', 'master.check'), /master key is not the one/],
  ['the authority of another installation', replaced('authority.key'), /sealing\.key was not certified by the authority/],
  ['the sealing key of another installation', replaced('sealing.key'), /sealing\.key was not certified by the authority/],
  ['authority and sealing key of another installation', both('authority.key', 'sealing.key'), /authority\.key is not the one/],
  ['the token key of another installation', replaced('token.key'), /token\.key is not the one/],
  ['an authority whose key is not its own', mixed('authority.key'), /authority\.key is damaged/],
  ['a sealing key that is not of its certificate', mixed('sealing.key'), /sealing\.key is damaged/],

  ['no room on the disk', () => ({ after: "trap '' XFSZ; ulimit -f 0" }), /disk|takes no writes|cannot be/],
  [
    'an address of another machine',
    () => ({ env: { HOST: '192.0.2.1', PUBLIC_URL: 'https://bitim.example' } }),
    /HOST=192\.0\.2\.1 is no address of this/,
  ],
  [
    'a name that nobody knows',
    () => ({ env: { HOST: 'nobody.invalid', PUBLIC_URL: 'https://bitim.example' } }),
    /HOST=nobody\.invalid is not known/,
  ],
  ['pages that were never built', () => ({ bare: true }), /The pages are missing in .*: run npm run build/],
]

function alter(path: string, sql: string): void {
  const database = openDatabase(path)
  database.execute(sql)
  database.execute('PRAGMA journal_mode = DELETE') // no log beside it that would be tidied up later
  database.close()
}

function freshData({ data }: Installation): void {
  alter(data, 'DELETE FROM record; DELETE FROM log_event; DELETE FROM log_case; DELETE FROM document_entry; DELETE FROM document')
}

function foreignData({ data }: Installation): void {
  rmSync(data)
  alter(data, 'CREATE TABLE tunes (name TEXT); INSERT INTO tunes VALUES (1)')
}

function fileForKeys({ folder }: Installation): void {
  rmSync(join(folder, 'keys'), { recursive: true })
  writeFileSync(join(folder, 'keys'), '')
}

function folderFor(name: string): Damage {
  return ({ key }) => {
    rmSync(key(name))
    mkdirSync(key(name))
  }
}

function noise(name: string): Damage {
  return ({ key }) => writeFileSync(key(name), Buffer.alloc(300, 0xc3))
}

function both(...names: readonly string[]): Damage {
  return (installation) => {
    for (const name of names) replaced(name)(installation)
  }
}

function mixed(name: string): Damage {
  return ({ folder, key }) => {
    const { privateKeyPem } = pairIn(other, name)
    writeFileSync(key(name), JSON.stringify({ ...pairIn(folder, name), privateKeyPem }))
  }
}

describe('a start over a damaged installation', () => {
  it.concurrent.each(DAMAGES)('[STA-20] %s: one line, exit code 2, nothing changed', async (_name, damage, words) => {
    const { code, stderr, changed } = await startOn(damage)
    expect({ code, lines: stderr.split('\n').length, changed }, stderr).toEqual({ code: 2, lines: 2, changed: [] })
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(/\n$/)
  })

  it('[STA-21] a port below 1024 is said to be closed to this user', async () => {
    const first = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'))
    const port = String(Math.max(1, first - 1))
    const { code, stderr } = await startOn((installation) => ({ ...asNobody(installation), env: { PORT: port } }))
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `Port ${port} is not open to this user: set PORT to 1024 or more, and let a proxy stand in front.\n`,
    })
  })

  it('[STA-22] the word "new" in token.key makes another one, once; everything else stays', async () => {
    const { folder, key } = newInstallation()
    const before = readFileSync(key('token.key'), 'utf8')
    writeFileSync(key('token.key'), 'new\n')
    for (let life = 0; life < 2; life++) {
      const { child, ready, ended } = server.start({ DATA_FOLDER: folder })
      await ready
      child.kill('SIGTERM')
      expect((await ended).code).toBe(0)
    }
    expect(readFileSync(key('token.key'), 'utf8')).toMatch(/^[A-Za-z0-9_-]{43}\n$/)
    expect(readFileSync(key('token.key'), 'utf8')).not.toBe(before)
    writeFileSync(key('token.key'), before)
    expect((await server.start({ DATA_FOLDER: folder }).ended).stderr).toMatch(/token\.key is not the one/)
  })

  it('[STA-22] a lost master.check is made again beside the right master key', async () => {
    const { folder, key } = newInstallation()
    const before = readFileSync(key('master.check'), 'utf8')
    rmSync(key('master.check'))
    const { child, ready, ended } = server.start({ DATA_FOLDER: folder })
    await ready
    child.kill('SIGTERM')
    await ended
    expect(readFileSync(key('master.check'), 'utf8')).toBe(before)
  })
})
