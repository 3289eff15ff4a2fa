// The process's one worker pool, over real threads. Built, the thread's file lies beside the bundle.
import { nodeThreads } from '#server/workers/node-thread.ts'
import { openWorkerPool, type WorkerPool } from '#server/workers/worker-pool.ts'
import type { Timers } from '#shared/kernel/clock.ts'

export function openWorkers({ timers }: { timers: Timers }): WorkerPool {
  const file = import.meta.url.endsWith('.ts') ? './task-thread.ts' : './task-thread.js'
  return openWorkerPool({ timers, spawn: nodeThreads({ file: new URL(file, import.meta.url) }) })
}
