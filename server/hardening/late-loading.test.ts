// What a server holds in memory before anybody asks for anything: the packages that only some work needs are loaded with that work.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BuiltServer, buildServer } from '#server/testing/built-server.ts'

/** Certificates, passwords, mail, backups, MongoDB, papers, bundles, texts. */
const LATE = [
  '@peculiar/x509',
  'reflect-metadata',
  '@node-rs/argon2',
  'nodemailer',
  'libsql/promise',
  'mongoose',
  'pdfkit',
  'fflate',
  'yjs',
]

const folder = mkdtempSync(join(tmpdir(), 'bitim-late-'))
let server: BuiltServer
beforeAll(async () => {
  server = await buildServer()
}, 120_000)
afterAll(() => {
  server.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('a start', () => {
  it('[STA-50] loads no package that only certificates, passwords, mails, backups, papers or texts need', async () => {
    const data = join(folder, 'data')
    const first = server.start({ DATA_FOLDER: data })
    await first.ready
    first.child.kill('SIGTERM')
    await first.ended

    const asked = join(folder, 'asked')
    const hooks = join(folder, 'hooks.mjs')
    writeFileSync(
      hooks,
      `import { appendFileSync } from 'node:fs'
       import { register } from 'node:module'
       import { isMainThread } from 'node:worker_threads'
       if (isMainThread) register(import.meta.url)
       export function resolve(name, context, next) {
         appendFileSync(${JSON.stringify(asked)}, name + '\\n')
         return next(name, context)
       }`,
    )
    const second = server.start({ DATA_FOLDER: data, NODE_OPTIONS: `--import ${hooks}` })
    await second.ready
    const loaded = readFileSync(asked, 'utf8').split('\n')
    second.child.kill('SIGTERM')
    await second.ended
    expect(loaded).toEqual(expect.arrayContaining(['express', 'socket.io', 'libsql']))
    expect(loaded.filter((name) => LATE.includes(name))).toEqual([])
  }, 60_000)
})
