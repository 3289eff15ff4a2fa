// On every Node that the server is said to run on: the flags that it is started with are known there, and nothing that it uses is to go.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltServer, buildServer } from '#server/testing/built-server.ts'
import { completeProfile } from '#server/testing/complete-profile.ts'
import { answered, browser } from '#server/testing/http-world.ts'
import { newCase, PASSWORD } from '#server/testing/platform-world.ts'
import { caseCreate, caseList } from '#shared/cases/case-routes.ts'
import { ownerSetUp } from '#shared/identity/staff-protocol.ts'

const flags = readFileSync(join(import.meta.dirname, '../../deploy/node-flags'), 'utf8').trim()
let built: BuiltServer
let folder: string
beforeAll(async () => {
  built = await buildServer()
  folder = mkdtempSync(join(tmpdir(), 'bitim-error-output-'))
})
afterAll(() => {
  built.remove()
  rmSync(folder, { recursive: true, force: true })
})

it('[STA-70] from start to stop nothing is said on the error output', async () => {
  let printed = ''
  const server = built.start({ DATA_FOLDER: join(folder, 'data'), NODE_OPTIONS: `${flags} --pending-deprecation` })
  server.child.stdout?.on('data', (text) => {
    printed += String(text)
  })
  await server.ready
  await expect.poll(() => printed).toMatch(/setup#\S+\s/)
  const url = /Bitim is ready: (\S+)/.exec(printed)?.[1]?.replace('localhost', '127.0.0.1') ?? ''
  const secret = /setup#(\S+)/.exec(printed)?.[1] ?? ''
  const staff = browser(url)
  const owner = { secret, email: 'owner@example.kz', name: 'Ерлан Омаров', password: PASSWORD }
  staff.token = answered(await staff.call(ownerSetUp, owner)).token
  await completeProfile(staff)
  const { caseId } = answered(await staff.call(caseCreate, newCase()))
  expect(answered(await staff.call(caseList, {})).cases).toMatchObject([{ caseId }])
  server.child.kill('SIGTERM')
  expect(await server.ended).toMatchObject({ code: 0, stderr: '' })
})
