// The thread's part of printing. Fonts and the libraries that draw are loaded with the first paper, not with the thread.
import { webcrypto } from 'node:crypto'
import { type Performer, performs } from '#server/workers/task.ts'
import { completionOf } from '#shared/signing/bundle/completion.ts'
import { paperWordsOf } from '#shared/signing/sealed-records.ts'
import { packBundle, printCompletion } from './printing.ts'

export const printingTasks: readonly Performer[] = [
  performs(printCompletion, async (source) => {
    const completion = await completionOf(webcrypto.subtle, source)
    return (await import('./pdf/completion-pdf.ts')).completionPdf(completion, paperWordsOf(source.release))
  }),
  performs(packBundle, async (source) => (await import('./bundle/build-bundle.ts')).buildBundle(webcrypto.subtle, source)),
]
