// What could cost every device much is tried in the draft worker before anybody is told of it, one edit after another: each is counted
// with all in it that were counted before.
import { WorkerFailure } from '#server/workers/task.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { serialQueue } from '#shared/kernel/serial-queue.ts'
import type { DraftText } from './draft-tasks.ts'
import type { DraftWorker } from './open-draft-worker.ts'

interface EditCounterDeps {
  readonly caseId: CaseId
  readonly worker: Pick<DraftWorker, 'tryEdit'>
  /** As the text stands now; undefined while it moves on. */
  readonly text: () => Promise<DraftText | undefined>
}

/** Edits that are or wait to be tried; a device sends one at a time. */
const MAX_COUNTING_OF_PERSON = 3

export class EditCounter {
  readonly #deps: EditCounterDeps
  readonly #turn = serialQueue()
  readonly #waiting = new Map<ParticipantId, number>()

  constructor(deps: EditCounterDeps) {
    this.#deps = deps
  }

  /** Nobody has more than a few waiting. */
  async inTurn(person: ParticipantId, run: () => Promise<number>): Promise<number> {
    const waiting = this.#waiting.get(person) ?? 0
    if (waiting >= MAX_COUNTING_OF_PERSON) throw new AppError({ kind: 'too-many', reason: 'drafting/too-fast' })
    this.#waiting.set(person, waiting + 1)
    try {
      return await this.#turn(run)
    } finally {
      this.#waiting.set(person, (this.#waiting.get(person) ?? 1) - 1)
    }
  }

  /** Answers what opening the text takes with the edit in it. */
  async count(edit: Uint8Array): Promise<number> {
    const { caseId, text, worker } = this.#deps
    const before = await text()
    try {
      const tried = before && (await worker.tryEdit(caseId, { ...before, edit }))
      if (tried?.kind === 'fits') return tried.steps
      if (tried?.kind === 'too-many-steps') throw tooTangled()
    } catch (cause) {
      if (cause instanceof WorkerFailure && cause.isOwnFault) throw tooTangled()
      throw cause instanceof WorkerFailure ? notSaved(cause) : cause
    }
    throw notSaved() // the text moved on meanwhile
  }
}

/** Tried again by the device. */
function notSaved(cause?: WorkerFailure): AppError {
  return new AppError({ kind: 'unavailable', reason: 'drafting/not-saved' }, { cause })
}

function tooTangled(): AppError {
  return new AppError({ kind: 'too-large', reason: 'drafting/too-tangled' })
}
