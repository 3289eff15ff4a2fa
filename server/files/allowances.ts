// How much one person may send in one case, and at once. Counted per person, as what they write is: whatever is refused for it follows from the
// asker's own doings alone. What was posted stays counted when it is taken away.
import type { RecordStore } from '#server/storage/ports.ts'
import type { FileReason } from '#shared/files/files-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, FileId, ParticipantId } from '#shared/kernel/ids.ts'
import { mediates, type WithRole } from '#shared/kernel/roles.ts'

/** Of uploads that are open at once. */
export const OPEN_AT_ONCE = 10
/** A mediator sends to every side. */
const MEDIATOR_TIMES = 4

export interface Whose {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
}

export interface Allowance {
  /** Bytes that were posted. */
  readonly spent: number
  readonly open: readonly { readonly fileId: FileId; readonly length: number }[]
}

const NOTHING: Allowance = { spent: 0, open: [] }
const COLLECTION = 'file-allowances'
const MEGABYTE = 1024 * 1024

export interface Allowances {
  of(whose: Whose): Promise<Allowance>
  /** Throws when it would be too much, or too many at once. Of one file done again it changes nothing. */
  reserve(whose: Whose, upload: { readonly fileId: FileId; readonly length: number }, most: number): Promise<void>
  /** It was posted. */
  spend(whose: Whose, fileId: FileId): Promise<void>
  /** It will not be. */
  release(whose: Whose, fileId: FileId): Promise<void>
}

export function mostBytesOf(personBytes: number, person: WithRole | undefined): number {
  return person && mediates(person) ? personBytes * MEDIATOR_TIMES : personBytes
}

export function usedOf({ spent, open }: Allowance): number {
  return open.reduce((sum, { length }) => sum + length, spent)
}

export function makeAllowances(records: Pick<RecordStore, 'get' | 'insert' | 'replace'>): Allowances {
  const idOf = ({ caseId, participantId }: Whose) => `${caseId} ${participantId}`

  /** By whoever comes first; others look again. */
  async function change(whose: Whose, next: (allowance: Allowance) => Allowance): Promise<void> {
    for (;;) {
      const stored = await records.get<Allowance>(COLLECTION, idOf(whose))
      const before = stored?.value ?? NOTHING
      const after = next(before)
      if (after === before) return
      const answer = stored
        ? await records.replace(COLLECTION, idOf(whose), stored.version, after)
        : await records.insert(COLLECTION, idOf(whose), after)
      if (answer === 'stored') return
    }
  }

  const without = (allowance: Allowance, fileId: FileId) => allowance.open.filter((each) => each.fileId !== fileId)

  return {
    of: async (whose) => (await records.get<Allowance>(COLLECTION, idOf(whose)))?.value ?? NOTHING,
    reserve: (whose, upload, most) =>
      change(whose, (allowance) => {
        if (allowance.open.some(({ fileId }) => fileId === upload.fileId)) return allowance
        const left = most - usedOf(allowance)
        if (upload.length > left) throw spentProblem(Math.max(0, left))
        if (allowance.open.length >= OPEN_AT_ONCE) throw tooManyOpen()
        return { ...allowance, open: [...allowance.open, upload] }
      }),
    spend: (whose, fileId) =>
      change(whose, (allowance) => {
        const posted = allowance.open.find((each) => each.fileId === fileId)
        return posted ? { spent: allowance.spent + posted.length, open: without(allowance, fileId) } : allowance
      }),
    release: (whose, fileId) =>
      change(whose, (allowance) => {
        const open = without(allowance, fileId)
        return open.length < allowance.open.length ? { ...allowance, open } : allowance
      }),
  }
}

function spentProblem(left: number): AppError {
  const reason: FileReason = 'files/allowance-spent'
  return new AppError({ kind: 'conflict', reason, details: { megabytes: Math.floor(left / MEGABYTE) } })
}

function tooManyOpen(): AppError {
  const reason: FileReason = 'files/too-many-open'
  return new AppError({ kind: 'too-many', reason, details: { most: OPEN_AT_ONCE, seconds: 60 } })
}
