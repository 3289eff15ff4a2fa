// The only place where the server opens a text: a thread of its own with bounded memory and time, so that a text made to hurt
// (a Yjs bomb) costs one task and nothing else. Tasks wait for one another; a thread that hangs or dies is replaced.
import { Worker } from 'node:worker_threads'
import type { DocumentNode } from '#shared/drafting/document-node.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { Compacted, DraftText, ReadDocument, WorkshopTask } from './workshop-tasks.ts'

export interface Workshop {
  start(document: DocumentNode): Promise<Uint8Array>
  compact(text: DraftText): Promise<Compacted>
  read(text: DraftText): Promise<ReadDocument>
  close(): Promise<void>
}

/** The task could not be done within its limits; nothing else has suffered. */
export class WorkshopFailure extends Error {
  override readonly name = 'WorkshopFailure'
}

export interface WorkshopDeps {
  readonly timers: Timers
  /** Milliseconds that one task may take. */
  readonly timeout?: number
  readonly memoryMegabytes?: number
}

interface Waiting {
  readonly task: WorkshopTask
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

/** The thread holds some fifty megabytes; another starts in a tenth of a second. */
const IDLE_MS = 10_000

export function openWorkshop({ timers, timeout = 15_000, memoryMegabytes = 256 }: WorkshopDeps): Workshop {
  const waiting: Waiting[] = []
  let worker: Worker | undefined
  let current: (Waiting & { readonly id: number; readonly stopClock: () => void }) | undefined
  let nextId = 1
  let stopIdle: (() => void) | undefined

  function settle(act: (task: Waiting) => void): void {
    const done = current
    if (!done) return
    current = undefined
    done.stopClock()
    act(done)
    next()
  }

  function drop(dead: Worker | undefined): void {
    if (dead && dead === worker) worker = undefined
    void dead?.terminate()
  }

  function thread(): Worker {
    if (worker) return worker
    const made = spawn(memoryMegabytes)
    made.on('message', ({ id, result, failed }: { id: number; result?: never; failed?: string }) => {
      if (id !== current?.id) return
      settle((task) => (failed === undefined ? task.resolve(result as never) : task.reject(new WorkshopFailure(failed)))) // the task names its result
    })
    const died = (error?: Error) => {
      if (made !== worker) return
      worker = undefined
      settle((task) => task.reject(new WorkshopFailure(error?.name ?? 'thread ended')))
    }
    made.on('error', died)
    made.on('exit', () => died())
    made.unref()
    worker = made
    return made
  }

  function next(): void {
    if (current) return
    const task = waiting.shift()
    if (!task) {
      stopIdle?.()
      stopIdle = timers.after(IDLE_MS, () => drop(worker))
      return
    }
    stopIdle?.()
    const id = nextId++
    const hurt = thread()
    const stopClock = timers.after(timeout, () => {
      drop(hurt)
      settle((late) => late.reject(new WorkshopFailure('took too long')))
    })
    current = { ...task, id, stopClock }
    hurt.ref()
    hurt.postMessage({ id, task: task.task })
  }

  function ask<T>(task: WorkshopTask): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ task, resolve: resolve as (result: never) => void, reject }) // the answer's type follows the task's
      next()
    })
  }

  return {
    start: (document) => ask({ task: 'start', document }),
    compact: (text) => ask({ task: 'compact', ...text }),
    read: (text) => ask({ task: 'read', ...text }),
    async close() {
      stopIdle?.()
      const last = worker
      worker = undefined
      settle((task) => task.reject(new WorkshopFailure('closing')))
      for (const task of waiting.splice(0)) task.reject(new WorkshopFailure('closing'))
      await last?.terminate()
    },
  }
}

/** Built, the thread's file lies beside the bundle; from sources, a loader that reads TypeScript is put before it. */
function spawn(memoryMegabytes: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./draft-worker.js', import.meta.url), { resourceLimits })
  const source = new URL('./draft-worker.ts', import.meta.url).href
  const load = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
  return new Worker(load, { eval: true, resourceLimits })
}
