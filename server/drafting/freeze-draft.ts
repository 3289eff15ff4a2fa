// Freezing, from the mediator's intent to the frozen version: each step can be done again by any server, and the log alone says
// how far it went. Nobody's edit is lost on the way: it stands before the closing entry, or its author hears "not saved".
import { sha256 } from '#server/kernel/digest.ts'
import { WorkerFailure } from '#server/workers/task.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import {
  type Cancellation,
  type CancelReason,
  type FrozenVersion,
  freezeCancel,
  versionFreeze,
} from '#shared/drafting/drafting-protocol.ts'
import type { DraftPhase, DraftState } from '#shared/drafting/drafting-state.ts'
import type { RestoringState } from '#shared/drafting/restoring-state.ts'
import { hex, utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { DraftRoom } from './draft-room.ts'
import type { TextFault } from './draft-tasks.ts'
import type { DraftWorker } from './open-draft-worker.ts'
import { type RestoreDeps, restoreText } from './restore-text.ts'
import { keepVersionFile, type VersionFileDeps, versionFileId } from './version-files.ts'

interface PaperMeta {
  readonly caseId: CaseId
  readonly versionId: VersionId
  readonly language: Locale
  /** When the mediator asked for it: the same on every server that makes it. */
  readonly at: number
  readonly textCode: string
  readonly caseNumber: string | undefined
}

export interface FreezeDeps extends VersionFileDeps, RestoreDeps {
  readonly worker: Pick<DraftWorker, 'canonical' | 'closing'> & RestoreDeps['worker']
  /** Twelve digits in three groups. */
  readonly textCode: (digest: Uint8Array) => string
  /** The same bytes for the same text and meta, on any server. */
  readonly makePdf: (text: string, meta: PaperMeta) => Promise<Uint8Array>
  readonly language: (caseId: CaseId) => Promise<Locale>
  readonly caseNumber: (caseId: CaseId) => Promise<string | undefined>
  /** As the case log says at this moment, not as some server remembers it. */
  readonly draftState: (caseId: CaseId) => Promise<DraftState>
  readonly restoring: (caseId: CaseId) => Promise<RestoringState>
}

const MAX_ROUNDS = 5

/**
 * Brings the draft's own sequence in line with the case log, whatever was left half done: carries out a restoration or a freezing that was
 * asked for, opens a text that the log says is open. Safe to call at any time, on any server.
 */
export async function settleDraft(deps: FreezeDeps, caseId: CaseId, room: DraftRoom): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // The sequence first, then the log: a text closed for a version that the log does not know yet must not be opened.
    const { closed } = await room.refresh()
    const state = await deps.draftState(caseId)
    if (state.phase.kind === 'frozen') return
    if (state.phase.kind === 'open') {
      if (closed !== undefined) await room.own.reopenText(closed, wasFrozen(state, closed) ? 'reopened' : 'cancelled')
      const { pending } = await deps.restoring(caseId)
      if (!pending) return
      await restoreText(deps, caseId, room, pending)
      continue
    }
    await freeze(deps, caseId, room, state.phase)
  }
  throw new Error('freezing does not come to an end')
}

function wasFrozen(state: DraftState, versionId: VersionId): boolean {
  return state.versions.some((version) => version.versionId === versionId)
}

async function freeze(
  deps: FreezeDeps,
  caseId: CaseId,
  room: DraftRoom,
  { versionId, revision, at }: Extract<DraftPhase, { kind: 'freezing' }>,
): Promise<void> {
  const closing = await room.own.closeText(versionId, revision)
  const made =
    closing === 'closed'
      ? await makeVersion(deps, caseId, room, { versionId, revision, at })
      : cancelled('somebody-wrote', { writers: [...(await room.writersAfter(revision))] })
  if (made === undefined) return // another server has finished meanwhile
  if ('reason' in made) {
    await deps.runSystem(caseId, freezeCancel, { versionId, ...made }, `cancel|${versionId}`)
    await room.own.reopenText(versionId, 'cancelled')
    return
  }
  await deps.runSystem(caseId, versionFreeze, made, `freeze|${versionId}`)
}

type Made = Omit<FrozenVersion, 'signers'> | Omit<Cancellation, 'versionId'>

async function makeVersion(
  deps: FreezeDeps,
  caseId: CaseId,
  room: DraftRoom,
  { versionId, revision, at }: { versionId: VersionId; revision: number; at: number },
): Promise<Made | undefined> {
  const source = await room.own.closedText(versionId)
  if (!source) return undefined
  await room.saved.save(source, { cause: 'closing' })
  const language = await deps.language(caseId)
  const canonical = await withinLimits(deps.worker.canonical(caseId, { ...source, language }))
  if (!canonical) return cancelled('too-large')
  if (!canonical.ok) return cancelledFor(canonical.faults)
  const text = utf8(canonical.text)
  const digest = sha256(text)
  const textCode = deps.textCode(digest)
  const textFileId = versionFileId(versionId, 'text')
  const pdfFileId = versionFileId(versionId, 'pdf')
  await keepVersionFile(deps, caseId, textFileId, text)
  const caseNumber = await deps.caseNumber(caseId)
  const pdf = await withinLimits(deps.makePdf(canonical.text, { caseId, versionId, language, at, textCode, caseNumber }))
  if (!pdf) return cancelled('cannot-make')
  await keepVersionFile(deps, caseId, pdfFileId, pdf)
  const pdfDigest = hex(sha256(pdf))
  const { id: documentId } = settlementOf(caseId)
  return { versionId, documentId, revision, textDigest: hex(digest), pdfDigest, textCode, textFileId, pdfFileId, language }
}

/** Undefined when the text itself is at fault, which is told to the people; when there was no room for the task, it is tried again later. */
async function withinLimits<T>(task: Promise<T>): Promise<T | undefined> {
  try {
    return await task
  } catch (error) {
    if (error instanceof WorkerFailure && error.isOwnFault) return undefined
    throw error
  }
}

const REASONS: Readonly<Record<string, CancelReason>> = {
  'empty-document': 'empty',
  'empty-clause': 'empty-clause',
  character: 'character',
  'too-long': 'too-large',
  'too-deep': 'too-large',
  'too-many-faults': 'too-large',
  'too-large': 'too-large',
}

/** Names the first fault: people mend one at a time. */
function cancelledFor([first]: readonly TextFault[]): Omit<Cancellation, 'versionId'> {
  const reason = REASONS[first?.fault ?? ''] ?? 'broken'
  const clause = first?.clause?.replace(/\.$/, '')
  return cancelled(reason, {
    ...(clause && { clause }),
    ...(first?.codePoint !== undefined && { codePoint: `U+${first.codePoint.toString(16).toUpperCase().padStart(4, '0')}` }),
  })
}

function cancelled(reason: CancelReason, details: Cancellation['details'] = {}): Omit<Cancellation, 'versionId'> {
  return { reason, details }
}
