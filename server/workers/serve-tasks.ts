// The thread's side: does one task after the other with what others wrote, and may be ended at any moment.
import { setPriority } from 'node:os'
import { parentPort, type TransferListItem } from 'node:worker_threads'
import type { ThreadAnswer, ThreadQuestion } from './node-thread.ts'
import type { Performer } from './task.ts'

/** Nice enough that the main thread goes first; not so nice that a short task starves beside it. */
const NICENESS = 5

export function serveTasks(performers: readonly Performer[]): void {
  const port = parentPort
  if (!port) throw new Error('not a thread')
  // Linux alone counts niceness by thread; elsewhere it would slow the whole process.
  if (process.platform === 'linux') setPriority(NICENESS)
  const byName = new Map(performers.map((each) => [each.name, each]))
  const tell = (answer: ThreadAnswer) => port.postMessage(answer, handedOver(answer.result))

  port.on('message', async ({ id, name, input }: ThreadQuestion) => {
    try {
      const performer = byName.get(name)
      if (!performer) throw new TypeError('unknown task')
      tell({ id, result: await performer.perform(input as never) }) // the pool's types tie the input to the task
    } catch (error) {
      // The kind of failure alone: an error's text may quote what people wrote.
      tell({ id, failed: error instanceof Error ? error.name : 'unknown' })
    }
  })
  tell({})
}

/** Bytes of the whole result go over as they are; those that share their memory with others (Node's pool) are copied. */
function handedOver(result: unknown): readonly TransferListItem[] {
  if (!(result instanceof Uint8Array) || !(result.buffer instanceof ArrayBuffer)) return []
  return result.byteLength > 0 && result.byteLength === result.buffer.byteLength ? [result.buffer] : []
}
