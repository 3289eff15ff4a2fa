// The thread's part. Fonts and the library that draws are loaded with the first record.
import { type Performer, performs } from '#server/workers/task.ts'
import { printRecord } from './record-printing.ts'

export const recordPrintingTasks: readonly Performer[] = [
  performs(printRecord, async (paper) => (await import('./record-pdf.ts')).recordPdf(paper)),
]
