// The thread's part. What draws is loaded with the first picture, not with the thread.
import { type Performer, performs } from '#server/workers/task.ts'
import { drawPage, drawPicture } from './draw-tasks.ts'

export const drawTasks: readonly Performer[] = [
  performs(drawPicture, async (bytes) => (await import('./draw-picture.ts')).drawnPicture(bytes)),
  performs(drawPage, async (page) => (await import('./draw-page.ts')).drawnPage(page)),
]
