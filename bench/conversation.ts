/// <reference lib="dom" />
// How a long conversation opens on a cheap phone: a true browser whose processor is slowed to a quarter, at a built server. From asking
// for the page, as one whose code was accepted, to the last message before one's eyes; then what one more message costs with all of it held.
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { asId, type CommandId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { PROTOCOL_VERSION, WIRE } from '#shared/protocol/wire.ts'
import { LightSocket } from './lib/light-socket.ts'
import { median, pause } from './lib/measure.ts'
import type { Table } from './lib/table.ts'
import { buildPages, startPlatform } from './platform/built-server.ts'
import { newFolder, type SeededSession, seed } from './platform/seeded.ts'

const SLOWED = 4
const READING_BACK_MS = 120_000
const GOAL_MS = 1_000
const PHONE = { width: 360, height: 740 }

export async function benchConversation({ messages, visits }: { messages: number; visits: number }, table: Table): Promise<boolean> {
  buildPages()
  const folder = newFolder()
  const { sessions } = await seed(folder.path, { cases: 1, people: 4, messages, talk: true })
  const [mediator, reader] = sessions[0] ?? []
  if (!mediator || !reader) throw new Error('nobody was seeded')
  const server = await startPlatform(folder.path)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const { first, again, drawn, context } = await visitsOf(browser, server.url, reader, { last: `${messages - 1}. `, visits })
    table.head('conversation', 'messages', 'ms to the last message, median', 'all')
    table.row('first visit on this device', String(messages), median(first).toFixed(0), first.map(Math.round).join(', '))
    table.row('again', String(messages), median(again).toFixed(0), again.map(Math.round).join(', '))
    table.goal('opening a long conversation again, ms, slowed four times', median(again), '<=', GOAL_MS)
    table.note(`messages drawn at the opening: ${drawn}`)
    const { reached, costs } = await oneMore(context, server.url, mediator, visits)
    table.row(
      'one more message, all held, ms of work',
      String(messages),
      median(costs).toFixed(1),
      costs.map((each) => each.toFixed(1)).join(', '),
    )
    return table.must('readings back that did not reach the first message', reached ? 0 : 1)
  } finally {
    await browser.close()
    await server.stop()
    folder.remove()
  }
}

interface Asked {
  readonly last: string
  readonly visits: number
}

async function visitsOf(browser: Browser, url: string, reader: SeededSession, { last, visits }: Asked) {
  const first: number[] = []
  const again: number[] = []
  const path = `/api/people/${reader.participantId}/session`
  const own = {
    name: 'bitim_person',
    value: reader.secret,
    domain: new URL(url).hostname,
    path,
    httpOnly: true,
    sameSite: 'Strict',
  } as const
  let cookies: Parameters<BrowserContext['addCookies']>[0] = [own]
  for (;;) {
    const context = await browser.newContext({ viewport: PHONE, locale: 'ru' })
    await context.addCookies(cookies)
    const page = await slowed(context, reader)
    first.push(await timeToSee(page, `${url}/room/${reader.caseId}`, last))
    // What the page does when it is there belongs to no later visit.
    await page.waitForLoadState('networkidle')
    again.push(await timeToSee(page, `${url}/room/${reader.caseId}`, last))
    await page.waitForLoadState('networkidle')
    const drawn = await page.getByRole('article').count()
    if (first.length >= visits) return { first, again, drawn, context }
    // The secret in the cookie is renewed by each visit: the next device goes on with it.
    cookies = await context.cookies(`${url}${path}`)
    await context.close()
  }
}

async function slowed(context: BrowserContext, { caseId, participantId }: SeededSession): Promise<Page> {
  const page = await context.newPage()
  const person = JSON.stringify([{ link: '', participantId, caseId }])
  await page.addInitScript((text) => localStorage.setItem('bitim.people', text), person)
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  return page
}

/** By the page's own clock, which begins with the navigation. */
async function timeToSee(page: Page, url: string, text: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' })
  const seen = await page.waitForFunction(
    (wanted) => {
      const box = document.querySelector('.ui-scroll')?.getBoundingClientRect()
      const last = [...document.querySelectorAll('article')].at(-1)
      if (!box || !last?.textContent?.includes(wanted)) return undefined
      const { top, bottom } = last.getBoundingClientRect()
      return bottom > box.top && top < box.bottom && performance.now()
    },
    text,
    { polling: 'raf', timeout: 120_000 },
  )
  return Number(await seen.jsonValue())
}

/** Reads back to the beginning, then hears one message after another at the end. */
async function oneMore(context: BrowserContext, url: string, speaker: SeededSession, times: number) {
  const [page] = context.pages()
  if (!page) throw new Error('the page is gone')
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const reached = await readsBack(page)
  await page.evaluate(() => document.querySelector('.ui-scroll')?.scrollTo({ top: 1e9 }))
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  const socket = await LightSocket.open({ url, auth: { token: speaker.token, caseId: speaker.caseId, protocol: PROTOCOL_VERSION } })
  const costs: number[] = []
  for (let nth = 0; nth < times; nth++) costs.push(await costOf(devtools, page, () => say(socket, `one more ${nth}`), `one more ${nth}`))
  socket.drop()
  return { reached, costs }
}

/** From outside, so that the page has its own time between two steps. */
async function readsBack(page: Page): Promise<boolean> {
  const end = performance.now() + READING_BACK_MS
  while (performance.now() < end) {
    const isFirstSeen = await page.evaluate(() => {
      document.querySelector('.ui-scroll')?.scrollTo({ top: 0 })
      return [...document.querySelectorAll('.ui-message-body')].some(({ textContent }) => textContent?.startsWith('0.'))
    })
    if (isFirstSeen) return true
    await pause(50)
  }
  return false
}

async function costOf(devtools: CDPSession, page: Page, act: () => Promise<unknown>, text: string): Promise<number> {
  const worked = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
  await devtools.send('Performance.enable')
  const before = await worked()
  await act()
  await page.locator('.ui-message-body', { hasText: text }).waitFor()
  return (await worked()) - before
}

async function say(socket: LightSocket, text: string): Promise<void> {
  const id = asId<CommandId>(crypto.randomUUID().replaceAll('-', '').slice(0, 22))
  const seen = { audience: 'all' as const, epoch: 1, seq: 1_000_000, hash: '' }
  await socket.ask(WIRE.command, { id, name: messagePost.name, input: { audience: 'all', id, text }, seen })
}
