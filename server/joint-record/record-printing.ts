// Drawn in the worker pool: the words are other people's, and there may be many.
import { defineTask, type RunsTasks, WorkerFailure } from '#server/workers/task.ts'
import type { JointRecordReason } from '#shared/joint-record/joint-record-routes.ts'
import type { NamedPerson } from '#shared/joint-record/record-file.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

export interface RecordPaper {
  readonly title: string
  readonly number: string | undefined
  readonly language: Locale
  /** Milliseconds. */
  readonly exportedAt: number
  readonly closedAt: number | undefined
  readonly people: readonly NamedPerson[]
  /** The whole chain of the joint session. */
  readonly events: readonly WireEvent[]
}

/** A thousand pages take some seconds. */
export const printRecord = defineTask<RecordPaper, Uint8Array>('print-joint-record', { priority: 'background', timeout: 60_000 })

/** Rejects with a reason that people are told. */
export async function printedRecord(pool: RunsTasks, caseId: string, paper: RecordPaper): Promise<Uint8Array> {
  try {
    return await pool.run(printRecord, caseId, paper)
  } catch (cause) {
    if (!(cause instanceof WorkerFailure)) throw cause
    throw new AppError(
      { kind: 'unavailable', reason: 'joint-record/cannot-make' satisfies JointRecordReason },
      { message: cause.message, cause },
    )
  }
}
