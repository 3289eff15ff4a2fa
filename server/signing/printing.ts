// Everything that is drawn or packed for signing is made in the worker pool: it costs tenths of a second, and its words are other people's.
import { PRINTING_LIMITS, printPaperCopy } from '#server/document/agreement-printing.ts'
import { defineTask, type RunsTasks, tasksOf, WorkerFailure } from '#server/workers/task.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CompletionSource } from '#shared/signing/bundle/completion.ts'
import type { SigningReason } from '#shared/signing/signing-protocol.ts'
import type { BundleSource } from './bundle/build-bundle.ts'

export const printCompletion = defineTask<CompletionSource, Uint8Array>('print-completion', PRINTING_LIMITS)
export const packBundle = defineTask<BundleSource, Uint8Array>('pack-bundle', PRINTING_LIMITS)

/** The same bytes for the same source, on any server. Each rejects with a reason that people are told. */
export type Printing = ReturnType<typeof openPrinting>

export function openPrinting({ pool }: { pool: RunsTasks }) {
  const telling: RunsTasks = { run: (...asked) => pool.run(...asked).catch(cannotMake) }
  return tasksOf(telling, { paperCopy: printPaperCopy, completion: printCompletion, bundle: packBundle })
}

function cannotMake(cause: unknown): never {
  if (!(cause instanceof WorkerFailure)) throw cause
  throw new AppError({ kind: 'unavailable', reason: 'signing/cannot-make' satisfies SigningReason }, { message: cause.message, cause })
}
