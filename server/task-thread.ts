// What each worker thread runs: every capability's heavy tasks. A composition root like compose.ts, for the threads.
import { agreementPrintingTasks } from '#server/document/agreement-printing-worker.ts'
import { draftTasks } from '#server/drafting/draft-worker.ts'
import { drawTasks } from '#server/files/draw-worker.ts'
import { printingTasks } from '#server/signing/printing-worker.ts'
import { serveTasks } from '#server/workers/serve-tasks.ts'

serveTasks([...agreementPrintingTasks, ...draftTasks, ...drawTasks, ...printingTasks])
