// Threads of this process, each with bounded memory. They stand behind the main thread when both want the processor.
import { Worker } from 'node:worker_threads'
import type { SpawnThread } from './thread.ts'

export interface ThreadAnswer {
  /** Undefined: loaded, and ready for the first task. */
  readonly id?: number
  readonly result?: unknown
  readonly failed?: string
}

export interface ThreadQuestion {
  readonly id: number
  readonly name: string
  readonly input: unknown
}

/** `file` is what the thread runs; from sources, a loader that reads TypeScript is put before it. */
export function nodeThreads({ file, memoryMegabytes = 256 }: { file: URL; memoryMegabytes?: number }): SpawnThread {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
  return (events) => {
    const worker = file.pathname.endsWith('.ts')
      ? new Worker(loadTypeScript(file), { eval: true, resourceLimits })
      : new Worker(file, { resourceLimits })
    let ended = false
    const died = (why: string) => {
      if (ended) return
      ended = true
      events.died(why)
    }
    worker.on('message', ({ id, result, failed }: ThreadAnswer) => {
      if (ended) return
      worker.unref() // at rest it keeps no process alive
      if (id === undefined) return events.ready()
      events.answered(id, failed === undefined ? { ok: true, result } : { ok: false, failed })
    })
    worker.on('error', (error: Error & { code?: string }) => died(error.code ?? error.name))
    worker.on('exit', () => died('thread ended'))
    return {
      run(id, name, input) {
        worker.ref()
        worker.postMessage({ id, name, input } satisfies ThreadQuestion)
      },
      async end() {
        ended = true
        await worker.terminate()
      },
    }
  }
}

function loadTypeScript(file: URL): string {
  return `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(file.href)}) })`
}
