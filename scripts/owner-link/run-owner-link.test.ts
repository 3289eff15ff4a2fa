// The command over a real data folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { envToConfig } from '#server/config/config.ts'
import { openInstallation } from '#server/installation.ts'
import { realSystem } from '#server/system.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { PASSWORD, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { accountList, passwordRenew, staffSignIn } from '#shared/identity/staff-protocol.ts'
import { runLogVerify } from '../log-verify/run-log-verify.ts'
import { runOwnerLink } from './run-owner-link.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-owner-link-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))
const folder = join(parent, 'data')

async function start() {
  const config = envToConfig({ DATA_FOLDER: folder })
  if (!config.ok) throw new Error(config.faults.join())
  const installation = await openInstallation(config.value, realSystem())
  return platformWorld({ storage: installation.storage, installation })
}

async function run(command: typeof runOwnerLink, ...args: readonly string[]) {
  const lines: string[] = []
  const code = await command({ args, environment: { DATA_FOLDER: folder, PORT: '8123' }, print: (line) => void lines.push(line) })
  return { code, text: lines.join('\n') }
}

it('[IDE-46] prints a link for the owner of a stopped installation, which sets a new password once the server runs', async () => {
  expect(await run(runOwnerLink)).toMatchObject({ code: 1, text: expect.stringContaining('There is no data') })
  expect((await run(runOwnerLink, '--owner')).code).toBe(2)
  const world = await start()
  expect(await run(runOwnerLink)).toMatchObject({ code: 1, text: expect.stringContaining('another server is running') })
  await world.close()
  expect(await run(runOwnerLink)).toMatchObject({ code: 1, text: expect.stringContaining('Start the server') })
  const set = await start()
  await setUpOwner(set)
  await set.close()
  expect(await run(runOwnerLink, '--email', 'nobody@example.kz')).toMatchObject({ code: 1, text: expect.stringContaining('No owner') })
  const { code, text } = await run(runOwnerLink, '--email', ' Owner@example.kz')
  expect(code).toBe(0)
  expect(text).toContain('http://localhost:8123/password#')
  expect(await run(runLogVerify)).toMatchObject({ code: 0 })
  const again = await start()
  const device = again.browser()
  const signIn = (password: string) => device.call(staffSignIn, { email: 'owner@example.kz', password, keep: false })
  answered(await signIn(PASSWORD)) // making it has changed nothing
  const secret = /#([\w-]{32})/.exec(text)?.[1] ?? ''
  device.token = answered(await device.call(passwordRenew, { secret, password: 'quite another one' })).token
  expect(answered(await device.call(accountList, {})).accounts).toHaveLength(1)
  expect(refused(await signIn(PASSWORD))).toBe('identity/wrong-credentials')
  expect(again.journal.join('\n')).not.toContain(secret)
  await again.close()
})
