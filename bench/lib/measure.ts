// What the kernel says of a process: CPU time by the scheduler's own count, over all its threads and children, also those that have ended,
// and resident memory.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'

const TICKS_PER_SECOND = 100
/** Two counters of whole ticks: a smaller difference may be none. */
const TICKS_ERROR_SECONDS = 2 / TICKS_PER_SECOND

export interface Sample {
  /** Milliseconds on this process's own clock. */
  readonly at: number
  /** Of the threads that live, to the nanosecond. */
  readonly cpuSeconds: number
  /** Of those that have ended, to a hundredth: worker threads end when they have nothing to do. */
  readonly endedCpuSeconds: number
  /** How long the process's first thread stood ready to run while others had the processors. */
  readonly waitedSeconds: number
  readonly rssBytes: number
  /** CPU seconds that the whole machine has used. */
  readonly machineSeconds: number
}

export interface Spent {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly waitedSeconds: number
  /** Cores that others (neither server nor client) took meanwhile. */
  readonly machineCores: number
}

export function sample(pid: number): Sample {
  let nanoseconds = 0
  let allSeconds = 0
  let rssBytes = 0
  for (const each of withChildren(pid)) {
    for (const thread of list(`/proc/${each}/task`))
      nanoseconds += Number(text(`/proc/${each}/task/${thread}/schedstat`).split(' ')[0] ?? 0)
    allSeconds += processSeconds(each)
    const rss = /^VmRSS:\s+(\d+) kB/m.exec(text(`/proc/${each}/status`))?.[1]
    rssBytes += Number(rss ?? 0) * 1024
  }
  const cpuSeconds = nanoseconds / 1e9
  const endedCpuSeconds = Math.max(0, allSeconds - cpuSeconds)
  const waitedSeconds = Number(text(`/proc/${pid}/task/${pid}/schedstat`).split(' ')[1] ?? 0) / 1e9
  return { at: performance.now(), cpuSeconds, endedCpuSeconds, waitedSeconds, rssBytes, machineSeconds: machineSeconds() }
}

export function between(from: Sample, to: Sample): Spent {
  const seconds = (to.at - from.at) / 1000
  const ended = to.endedCpuSeconds - from.endedCpuSeconds
  return {
    seconds,
    cpuSeconds: to.cpuSeconds - from.cpuSeconds + (ended > TICKS_ERROR_SECONDS ? ended : 0),
    waitedSeconds: to.waitedSeconds - from.waitedSeconds,
    machineCores: (to.machineSeconds - from.machineSeconds) / seconds,
  }
}

/** Of a whole process, with its ended threads: user and system time, fields 14 and 15 behind a name that may hold anything. */
function processSeconds(pid: number): number {
  const stat = text(`/proc/${pid}/stat`)
  const [, , , , , , , , , , , user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  return (user + system) / TICKS_PER_SECOND
}

function withChildren(pid: number): number[] {
  const found = [pid]
  for (const each of found) {
    for (const thread of list(`/proc/${each}/task`)) {
      for (const child of text(`/proc/${each}/task/${thread}/children`).trim().split(/\s+/)) if (child) found.push(Number(child))
    }
  }
  return found
}

function machineSeconds(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = (text('/proc/stat').split('\n')[0] ?? '').split(/\s+/).map(Number)
  return (user + nice + system + irq + softIrq) / TICKS_PER_SECOND
}

/** Waits, within bounds, until the machine is quiet; answers whether it became so. */
export async function quietMachine(maxCores: number, withinMs = Number(process.env.BENCH_PATIENCE_MS ?? 15_000)): Promise<boolean> {
  const end = performance.now() + withinMs
  while (performance.now() < end) {
    const [before, at] = [machineSeconds(), performance.now()]
    await pause(500)
    if ((machineSeconds() - before) / ((performance.now() - at) / 1000) < maxCores) return true
  }
  return false
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

export function folderBytes(path: string): number {
  const entry = statSync(path)
  return entry.isDirectory() ? list(path).reduce((sum, name) => sum + folderBytes(join(path, name)), 0) : entry.size
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN
}

export function machine(): string {
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, load ${loadavg()[0]?.toFixed(2)}`
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return [] // a thread or process that has just ended
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // as above
  }
}
