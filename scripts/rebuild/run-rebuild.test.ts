// The command over a real data folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { envToConfig } from '#server/config/config.ts'
import { openInstallation } from '#server/installation.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { realSystem } from '#server/system.ts'
import { answered } from '#server/testing/http-world.ts'
import { addMediator, openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { caseList } from '#shared/cases/case-routes.ts'
import { runLogVerify } from '../log-verify/run-log-verify.ts'
import { runRebuild } from './run-rebuild.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-rebuild-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

async function start(folder: string) {
  const config = envToConfig({ DATA_FOLDER: folder })
  if (!config.ok) throw new Error(config.faults.join())
  const installation = await openInstallation(config.value, realSystem())
  return platformWorld({ storage: installation.storage, installation })
}

async function run(command: typeof runRebuild, ...args: readonly string[]) {
  const lines: string[] = []
  const code = await command({ args, environment: { DATA_FOLDER: join(parent, 'data') }, print: (line) => void lines.push(line) })
  return { code, text: lines.join('\n') }
}

it('[OPS-4] drops the projections of a stopped installation, and the next start makes the same anew', async () => {
  const folder = join(parent, 'data')
  expect((await run(runRebuild, 'projections')).code).toBe(1)
  expect((await run(runRebuild)).code).toBe(2)
  expect((await run(runRebuild, 'accounts')).code).toBe(2)
  const world = await start(folder)
  const staff = await addMediator(world, await setUpOwner(world))
  await openCase(world, staff)
  const listed = answered(await staff.call(caseList, { state: 'running' }))
  expect(listed.cases).toHaveLength(1)
  expect(await run(runRebuild, 'projections')).toMatchObject({ code: 1, text: expect.stringContaining('another server is running') })
  await world.close()
  expect(await run(runLogVerify)).toMatchObject({ code: 0 })
  expect((await run(runRebuild, 'projections')).text).toContain('Dropped: cases-2')
  const dropped = openSqlite({ folder })
  expect(await dropped.projections.tables()).toEqual([])
  await dropped.close()
  expect((await run(runLogVerify)).text).toContain('the next start brings it up to date (harmless)')
  const again = await start(folder)
  const browser = again.browser()
  browser.token = staff.token
  expect(answered(await browser.call(caseList, { state: 'running' }))).toEqual(listed)
  await again.close()
  expect((await run(runLogVerify)).text).not.toContain('brings it up to date')
})
