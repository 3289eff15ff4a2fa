// The workshop's thread: opens texts that others wrote, one at a time, and may be ended at any moment.
import { parentPort } from 'node:worker_threads'
import { compactDraft, readDraft, startDraft, type WorkshopTask } from './workshop-tasks.ts'

const port = parentPort
port?.on('message', ({ id, task }: { id: number; task: WorkshopTask }) => {
  try {
    port.postMessage({ id, result: perform(task) })
  } catch (error) {
    // The message names the kind of failure alone: its text may quote what people wrote.
    port.postMessage({ id, failed: error instanceof Error ? error.name : 'unknown' })
  }
})

function perform(task: WorkshopTask): unknown {
  switch (task.task) {
    case 'start':
      return startDraft(task.document)
    case 'compact':
      return compactDraft(task)
    case 'read':
      return readDraft(task)
  }
}
