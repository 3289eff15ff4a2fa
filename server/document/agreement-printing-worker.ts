// The thread's part. Fonts and the library that draws are loaded with the first paper, not with the thread.
import { type Performer, performs } from '#server/workers/task.ts'
import { printAgreement, printPaperCopy } from './agreement-printing.ts'

export const agreementPrintingTasks: readonly Performer[] = [
  performs(printAgreement, async (paper) => (await import('./pdf/agreement-pdf.ts')).agreementPdf(paper)),
  performs(printPaperCopy, async ({ signers, ...paper }) => (await import('./pdf/agreement-pdf.ts')).agreementPdfForPaper(paper, signers)),
]
