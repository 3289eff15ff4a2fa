// What a case costs that grows long: its first opening after a start, which loads it, and the next ones; what is sent for the last page; what
// the server holds; and what folding costs a device, at the opening and for somebody who reads all of it.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startClient } from '../lib/client-process.ts'
import { type GrowthFigure, tellGrowth } from '../lib/growth.ts'
import { between, median, pause, sample } from '../lib/measure.ts'
import { bench, root } from '../lib/paths.ts'
import type { ServerProcess } from '../lib/server-process.ts'
import type { Table } from '../lib/table.ts'
import { startPlatform } from '../platform/built-server.ts'
import { newFolder, type SeededSession, seed } from '../platform/seeded.ts'
import { conversationFile } from './conversation-file.ts'
import type { FoldedWhole, Opened } from './device.ts'

interface LongCase {
  readonly loading: Opening
  /** Of several, once the case is loaded. */
  readonly opening: Opening
  /** Of the server, more than before the case was loaded. */
  readonly heldBytes: number
  readonly whole: FoldedWhole
}

interface Opening {
  readonly opened: Opened
  readonly serverCpuMs: number
  readonly longestHoldMs: number
  /** In which the server was ready to run and others had the processors: no hold of its own. */
  readonly waitedMs: number
}

/** Each by somebody who has not read anything yet, on a case that is loaded. */
const OPENINGS = 5

export async function benchLongCase({ sizes }: { readonly sizes: readonly number[] }, table: Table): Promise<boolean> {
  const found: LongCase[] = []
  for (const size of sizes) {
    const one = await measure(size)
    found.push(one)
    table.note(`a case of ${size} events: loaded ${inWords(one.loading)}; then ${inWords(one.opening)}`)
  }
  const figures: readonly GrowthFigure[] = [
    { name: 'loading it, server CPU ms', values: found.map(({ loading }) => loading.serverCpuMs), grows: 'with' },
    { name: 'loading it, longest hold of the event loop, ms', values: found.map(({ loading }) => loading.longestHoldMs), grows: 'not' },
    { name: 'loading it, ms until the last page is on the device', values: found.map(({ loading }) => loading.opened.ms), grows: 'with' },
    { name: 'opening it when loaded, ms', values: found.map(({ opening }) => opening.opened.ms), grows: 'not' },
    { name: 'opening it when loaded, server CPU ms', values: found.map(({ opening }) => opening.serverCpuMs), grows: 'not' },
    { name: 'opening it, kB sent', values: found.map(({ opening }) => opening.opened.bytesRead / 1000), grows: 'not' },
    { name: 'opening it, frames sent', values: found.map(({ opening }) => opening.opened.framesRead), grows: 'not', digits: 0 },
    { name: 'opening it, device CPU ms', values: found.map(({ opening }) => opening.opened.foldCpuMs), grows: 'not' },
    { name: 'server memory, MB', values: found.map(({ heldBytes }) => heldBytes / 1e6), grows: 'with' },
    { name: 'reading all of it back, device CPU ms', values: found.map(({ whole }) => whole.cpuMs), grows: 'with', digits: 0 },
  ]
  tellGrowth({ what: 'a long case, events', sizes, figures }, table)
  return true
}

async function measure(size: number): Promise<LongCase> {
  const folder = newFolder()
  const device = startClient(join(bench, 'long-case/device.ts'))
  try {
    const { sessions } = await seed(folder.path, { cases: 2, people: 3 })
    await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--max-old-space-size=4000', join(bench, 'long-case/write-events.ts'), folder.path, String(size)],
      { cwd: root },
    )
    const [[, first, second] = [], [, other] = []] = sessions
    const server = await startPlatform(folder.path)
    const open = (session: SeededSession | undefined) => device.call<Opened>('open', { url: server.url, session })
    for (let i = 0; i < OPENINGS; i++) await open(other) // what every opening needs is compiled by then, on both sides
    const before = await held(server)
    const [loading] = await openings(server, [() => open(first)])
    const opening = await openings(
      server,
      Array.from({ length: OPENINGS }, () => () => open(second)),
    )
    const heldBytes = (await held(server)) - before
    await server.stop()
    const whole = await device.call<FoldedWhole>('foldWhole', { file: conversationFile(folder.path), session: first })
    if (!loading) throw new Error('nobody has opened the case')
    return { loading, opening: typical(opening), heldBytes, whole }
  } finally {
    device.end()
    folder.remove()
  }
}

async function openings(server: ServerProcess, list: readonly (() => Promise<Opened>)[]): Promise<readonly Opening[]> {
  const found: Opening[] = []
  for (const open of list) {
    await server.longestHold()
    const from = sample(server.pid)
    const opened = await open()
    const spent = between(from, sample(server.pid))
    found.push({
      opened,
      serverCpuMs: spent.cpuSeconds * 1000,
      waitedMs: spent.waitedSeconds * 1000,
      longestHoldMs: await server.longestHold(),
    })
  }
  return found
}

function typical(list: readonly Opening[]): Opening {
  const of = (pick: (one: Opening) => number) => median(list.map(pick))
  const opened = {
    knocks: of((one) => one.opened.knocks),
    ms: of((one) => one.opened.ms),
    asked: of((one) => one.opened.asked),
    events: of((one) => one.opened.events),
    bytesRead: of((one) => one.opened.bytesRead),
    framesRead: of((one) => one.opened.framesRead),
    foldCpuMs: of((one) => one.opened.foldCpuMs),
  }
  return {
    opened,
    serverCpuMs: of((one) => one.serverCpuMs),
    waitedMs: of((one) => one.waitedMs),
    longestHoldMs: of((one) => one.longestHoldMs),
  }
}

async function held(server: ServerProcess): Promise<number> {
  for (let i = 0; i < 3; i++) {
    server.collect()
    await pause(300)
  }
  return sample(server.pid).rssBytes
}

function inWords({ opened, serverCpuMs, longestHoldMs, waitedMs }: Opening): string {
  return (
    `in ${opened.ms.toFixed(0)} ms, ${opened.knocks} knocks and ${opened.asked} asks, ${opened.events} events, ${opened.bytesRead} bytes, ${opened.framesRead} frames, ` +
    `${serverCpuMs.toFixed(0)} ms of CPU, longest hold ${longestHoldMs.toFixed(1)} ms, waited ${waitedMs.toFixed(0)} ms for a processor`
  )
}
