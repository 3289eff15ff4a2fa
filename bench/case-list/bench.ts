// What a mediator's list costs that grows long: a page of fifty at the top and in the middle, what the list adds to a commit, a start that is
// level with the log, one that is some commits behind, and one that makes the list anew.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type GrowthFigure, tellGrowth } from '../lib/growth.ts'
import { between, pause, quantile, sample } from '../lib/measure.ts'
import { bench, root } from '../lib/paths.ts'
import type { ServerProcess } from '../lib/server-process.ts'
import type { Table } from '../lib/table.ts'
import { startPlatform } from '../platform/built-server.ts'
import { newFolder } from '../platform/seeded.ts'
import { readListed } from './listed.ts'

interface CaseList {
  readonly anew: Start
  readonly level: Start
  readonly behind: Start
  readonly top: Page
  readonly middle: Page
  readonly commitMicroseconds: number
}

interface Start {
  /** From the start of the process to the first page of the list, which waits until the list is level with the log. */
  readonly ms: number
  readonly cpuMs: number
}

interface Page {
  readonly p50: number
  readonly p99: number
  readonly serverCpuMs: number
}

/** Cases with a commit that the list was not told of. */
const BEHIND = 50
const COMMITS = 100
const PAGES = 100
const WARM_UP_PAGES = 20

export async function benchCaseList({ sizes }: { readonly sizes: readonly number[] }, table: Table): Promise<boolean> {
  const found: CaseList[] = []
  for (const size of sizes) {
    const one = await measure(size)
    found.push(one)
    table.note(`${size} cases: page p99 ${one.top.p99.toFixed(1)} ms at the top, ${one.middle.p99.toFixed(1)} in the middle`)
  }
  const figures: readonly GrowthFigure[] = [
    { name: 'a page of fifty, top, p50 ms', values: found.map(({ top }) => top.p50), grows: 'not' },
    { name: 'a page of fifty, middle, p50 ms', values: found.map(({ middle }) => middle.p50), grows: 'not' },
    { name: 'a page, top, server CPU ms', values: found.map(({ top }) => top.serverCpuMs), grows: 'not' },
    { name: 'a page, middle, server CPU ms', values: found.map(({ middle }) => middle.serverCpuMs), grows: 'not' },
    {
      name: 'what the list adds to a commit, CPU µs',
      values: found.map(({ commitMicroseconds }) => commitMicroseconds),
      grows: 'not',
      digits: 0,
    },
    { name: 'a start that is level, ms', values: found.map(({ level }) => level.ms), grows: 'with', digits: 0 },
    {
      name: `a start that is behind in ${BEHIND} cases at most, ms`,
      values: found.map(({ behind }) => behind.ms),
      grows: 'with',
      digits: 0,
    },
    { name: 'a start that makes the list anew, ms', values: found.map(({ anew }) => anew.ms), grows: 'with', digits: 0 },
    { name: 'a start that makes it anew, CPU ms', values: found.map(({ anew }) => anew.cpuMs), grows: 'with', digits: 0 },
  ]
  tellGrowth({ what: 'a list, cases', sizes, figures }, table)
  return true
}

async function measure(size: number): Promise<CaseList> {
  const folder = newFolder()
  const script = async (name: string, ...args: readonly string[]) => {
    const command = ['--import', 'tsx', join(bench, 'case-list', name), folder.path, ...args]
    return (await promisify(execFile)(process.execPath, command, { cwd: root })).stdout
  }
  try {
    await script('open-cases.ts', String(size))
    const { token, cases } = readListed(folder.path)
    const middleCase = cases[Math.floor(cases.length / 2)]
    const [server, anew] = await started(folder.path, token)
    const top = await pages(server, token, '')
    const middle = await pages(server, token, middleCase ? `?after=${middleCase.openedAt}.${middleCase.caseId}` : '')
    await server.stop()
    const level = await startedAndStopped(folder.path, token)
    await script('commit-cases.ts', String(Math.min(BEHIND, size)), 'behind')
    const behind = await startedAndStopped(folder.path, token)
    const cost = JSON.parse(await script('commit-cases.ts', String(Math.min(COMMITS, size)), 'cost')) as { microseconds: number } // its own words
    return { anew, level, behind, top, middle, commitMicroseconds: cost.microseconds }
  } finally {
    folder.remove()
  }
}

async function started(folder: string, token: string): Promise<readonly [ServerProcess, Start]> {
  const began = performance.now()
  const server = await startPlatform(folder)
  while (!(await isPage(server, token, ''))) await pause(50)
  const ms = performance.now() - began
  const { cpuSeconds, endedCpuSeconds } = sample(server.pid)
  return [server, { ms, cpuMs: (cpuSeconds + endedCpuSeconds) * 1000 }]
}

async function startedAndStopped(folder: string, token: string): Promise<Start> {
  const [server, start] = await started(folder, token)
  await server.stop()
  return start
}

async function pages(server: ServerProcess, token: string, query: string): Promise<Page> {
  for (let i = 0; i < WARM_UP_PAGES; i++) await page(server, token, query)
  const waits: number[] = []
  const from = sample(server.pid)
  for (let i = 0; i < PAGES; i++) {
    const began = performance.now()
    await page(server, token, query)
    waits.push(performance.now() - began)
  }
  const spent = between(from, sample(server.pid))
  return { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), serverCpuMs: (spent.cpuSeconds * 1000) / PAGES }
}

async function page(server: ServerProcess, token: string, query: string): Promise<void> {
  if (!(await isPage(server, token, query))) throw new Error('the list is still being made')
}

/** False while a start is making the list. */
async function isPage({ url }: ServerProcess, token: string, query: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/cases${query}`, { headers: { authorization: `Bearer ${token}` } })
  if (answer.status === 503) return false
  if (!answer.ok) throw new Error(`no list: ${answer.status} ${await answer.text()}`)
  const { cases } = (await answer.json()) as { cases: readonly unknown[] } // as caseList answers
  if (cases.length === 0) throw new Error('an empty page')
  return true
}
