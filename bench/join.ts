/// <reference lib="dom" />
// How somebody comes in on a weak line: a true browser of a cheap phone, at a built server, from the tap on the link until the code has
// been taken. The code is typed as soon as the field takes it, and the button pressed at once: nobody could be faster.
import { type Browser, chromium, type Page } from '@playwright/test'
import { completeProfile } from '#server/testing/complete-profile.ts'
import { answered, browser as httpDevice } from '#server/testing/http-world.ts'
import { linkAndCode, newCase, PASSWORD } from '#server/testing/platform-world.ts'
import { caseCreate } from '#shared/cases/case-routes.ts'
import { invitationList } from '#shared/identity/invitation-protocol.ts'
import { ownerSetUp } from '#shared/identity/staff-protocol.ts'
import { type Platform, startPlatform } from '../e2e/platform.ts'
import { median } from './lib/measure.ts'
import type { Table } from './lib/table.ts'
import { buildPages } from './platform/built-server.ts'

const SLOWED = 4
const PHONE = { width: 360, height: 740 }
const PATIENCE_MS = 180_000

interface Line {
  readonly name: string
  readonly kilobits: number
  readonly latency: number
  readonly goals: { readonly typed: number; readonly taken?: number }
}

const LINES: readonly Line[] = [
  { name: '400 kbit/s, 400 ms', kilobits: 400, latency: 400, goals: { typed: 4 } },
  { name: '50 kbit/s, 800 ms', kilobits: 50, latency: 800, goals: { typed: 12, taken: 25 } },
]

export async function benchJoin({ visits, lines = LINES.length }: { visits: number; lines?: number }, table: Table): Promise<boolean> {
  buildPages()
  const platform = await startPlatform()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    const invite = await inviter(platform)
    table.head(
      'line',
      'seconds to the typed code, median',
      'until it was taken',
      'to the next screen',
      'kB until taken',
      'all: typed, taken, next',
    )
    let lost = 0
    for (const line of LINES.slice(0, lines)) {
      const all: Visit[] = []
      for (let visit = 0; visit < visits; visit += 1) all.push(await comeIn(browser, line, await invite()))
      lost += all.filter(({ isKept }) => !isKept).length
      const [typed, taken, next, kilobytes] = (['typed', 'taken', 'next', 'kilobytes'] as const).map((key) =>
        median(all.map((each) => each[key])),
      )
      const each = all.map((one) => [one.typed, one.taken, one.next].map((seconds) => seconds.toFixed(1)).join(' '))
      const figures = [typed, taken, next, kilobytes].map((figure) => (figure ?? Number.NaN).toFixed(1))
      table.row(line.name, ...figures, each.join('; '))
      table.goal(`seconds until the code stands in its field, ${line.name}`, typed ?? Number.NaN, '<=', line.goals.typed)
      if (line.goals.taken !== undefined)
        table.goal(`seconds until it has been taken, ${line.name}`, taken ?? Number.NaN, '<=', line.goals.taken)
    }
    return table.must('visits on which what was typed was lost', lost)
  } finally {
    await browser.close()
    await platform.stop()
  }
}

interface Invitation {
  readonly link: string
  readonly code: string
}

/** Each time another link and code of the first side. */
async function inviter(platform: Platform): Promise<() => Promise<Invitation>> {
  const url = platform.url.replace('localhost', '127.0.0.1')
  const staff = httpDevice(url)
  const secret = /\/setup#(\S+)/.exec(platform.output())?.[1] ?? ''
  staff.token = answered(
    await staff.call(ownerSetUp, { secret, email: 'owner@example.kz', name: 'Ерлан Омаров', password: PASSWORD }),
  ).token
  await completeProfile(staff)
  return async () => {
    const { caseId } = answered(await staff.call(caseCreate, newCase()))
    const { invitations } = answered(await staff.call(invitationList, { caseId }))
    const [first] = invitations
    if (!first) throw new Error('nobody is invited')
    const made = await linkAndCode(staff, first.id)
    return { link: `${url}/join#${made.secret}`, code: made.code }
  }
}

interface Visit {
  readonly typed: number
  readonly taken: number
  readonly next: number
  /** Of all files, as they travel, until the code was taken. */
  readonly kilobytes: number
  readonly isKept: boolean
}

async function comeIn(browser: Browser, line: Line, { link, code }: Invitation): Promise<Visit> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'ru-RU', deviceScaleFactor: 2 })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const bytes = await onLine(page, line)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  const entered = page.waitForRequest((request) => request.url().endsWith('/api/join/enter'), { timeout: PATIENCE_MS })
  const taken = page.waitForResponse((response) => response.url().endsWith('/api/join/enter') && response.ok(), { timeout: PATIENCE_MS })
  await page.goto(link, { waitUntil: 'commit', timeout: PATIENCE_MS })
  const field = page.locator('input[autocomplete="one-time-code"]:enabled:visible')
  await field.waitFor()
  // it stands in the page before it is drawn, and nobody types into what they do not see
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
  await field.pressSequentially(code)
  const typed = seconds()
  await page.locator('main button.ui-button[data-kind="primary"]:enabled:visible').click()
  const isKept = (await entered).postDataJSON().code === code
  await (await taken).finished()
  const takenAt = seconds()
  const kilobytes = bytes() / 1000
  await page.locator('.rooms-confirm, .rooms-waiting, [class*="rooms-"]').first().waitFor()
  const next = seconds()
  if (process.env.BENCH_FILES) console.log(await filesOf(page))
  await context.close()
  return { typed, taken: takenAt, next, kilobytes, isKept }
}

/** What travelled when, in milliseconds since the tap. */
async function filesOf(page: Page): Promise<string> {
  const lines = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => {
      const { name, startTime, responseEnd } = entry as PerformanceResourceTiming // of this kind alone
      return `${startTime.toFixed(0).padStart(7)} ${responseEnd.toFixed(0).padStart(7)} ${new URL(name).pathname}`
    }),
  )
  return lines.join('\n')
}

/** From now on the page is on this line, on a slow processor; answers the bytes that have arrived. */
async function onLine(page: Page, { kilobits, latency }: Line): Promise<() => number> {
  const session = await page.context().newCDPSession(page)
  let bytes = 0
  session.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await session.send('Network.enable')
  const throughput = (kilobits * 1000) / 8
  const conditions = { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput }
  await session.send('Network.emulateNetworkConditions', conditions)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  return () => bytes
}
