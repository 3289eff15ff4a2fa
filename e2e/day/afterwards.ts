// What was signed, in the hands of somebody who trusts nobody: the command line, openssl, and the public page.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, expect } from '@playwright/test'
import { unzipSync } from 'fflate'
import { arrive, PHONE } from '../people.ts'
import type { Platform } from '../platform.ts'

/** Two of one side, one of another, a representative, the mediator. */
const SIGNATURES = 5

export interface Products {
  readonly bundle: Buffer
  /** The installation's root certificate. */
  readonly root: Buffer
}

/** Other people's validators look at the day's products afterwards. */
export function keepProducts({ bundle, root }: Products): void {
  const folder = process.env.PRODUCTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'bundle.zip'), bundle)
  writeFileSync(join(folder, 'authority.pem'), root)
}

/** On the command line and by openssl, with no server there. */
export function verifyByHand({ bundle, root }: Products): void {
  const folder = mkdtempSync(join(tmpdir(), 'bitim-stranger-'))
  const files = { bundle: join(folder, 'bundle.zip'), root: join(folder, 'authority.pem'), broken: join(folder, 'broken.zip') }
  writeFileSync(files.bundle, bundle)
  writeFileSync(files.root, root)
  writeFileSync(files.broken, brokenFrom(bundle))
  expect(verify([files.bundle, '--root', files.root])).toBe(0)
  expect(verify([files.bundle]), 'no root given: consistent, authority unknown').toBe(3)
  expect(verify([files.broken, '--root', files.root])).toBe(1)
  opensslVerifies(bundle, folder)
}

/** On the public page, which sends nothing anywhere. */
export async function verifyOnThePage(browser: Browser, { url }: Platform, { bundle }: Products): Promise<void> {
  const stranger = await arrive(browser, { locale: 'en', viewport: PHONE })
  await stranger.page.goto(`${url}/verify`)
  await stranger.reads('verify.own')
  await stranger.context.setOffline(true)
  const choose = (label: string, name: string, buffer: Buffer) =>
    stranger.page.getByLabel(stranger.say(label), { exact: true }).setInputFiles({ name, mimeType: 'application/zip', buffer })
  await choose('verify.choose', 'bundle.zip', bundle)
  await expect(stranger.page.getByRole('heading', { name: stranger.say('verify.valid') })).toBeVisible()
  await choose('verify.choose-other', 'broken.zip', brokenFrom(bundle))
  await expect(stranger.page.getByRole('heading', { name: stranger.say('verify.broken') })).toBeVisible()
  expect(stranger.complaints).toEqual([])
}

/** One digit of the sum is another. */
function brokenFrom(bundle: Buffer): Buffer {
  const broken = Buffer.from(bundle)
  broken[broken.indexOf('1 840 000 ₸')] = '9'.charCodeAt(0)
  return broken
}

function verify(args: readonly string[]): number | null {
  return spawnSync(process.execPath, ['scripts/verify.mjs', ...args], { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' }).status
}

/** Each signature, by a program that knows nothing of us. */
function opensslVerifies(bundle: Buffer, folder: string): void {
  const parts = unzipSync(bundle)
  const names = Object.keys(parts)
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), parts[name] ?? new Uint8Array())
  }
  const signatures = names.filter((name) => name.endsWith('.p7s'))
  expect(signatures).toHaveLength(SIGNATURES)
  for (const signature of signatures) {
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', 'agreement.pdf']
    const checked = spawnSync('openssl', [...args, '-CAfile', 'authority.pem', '-purpose', 'any', '-out', '/dev/null'], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(checked.stderr).toContain('successful')
    expect(checked.status).toBe(0)
  }
}
