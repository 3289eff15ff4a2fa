// Files of one case: each that its events name is there and opens as what it is. What no event names is left to the caller to name.

import { fileContext, versionFileId } from '#server/drafting/version-files.ts'
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import { parseEvent } from '#server/log/event-codec.ts'
import { signersFileContext } from '#server/signing/signers-files.ts'
import { type EncryptedFiles, type FilePlace, fileKey } from '#server/storage/encrypted-files.ts'
import type { FileStore } from '#server/storage/ports.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { evolveDraft } from '#shared/drafting/evolve-draft.ts'
import { type Audience, audienceKind, signersAudience } from '#shared/kernel/audience.ts'
import { fromHex } from '#shared/kernel/bytes.ts'
import type { CaseId, FileId, VersionId } from '#shared/kernel/ids.ts'
import { emptyAudience, type Fold, foldEvent, type Slice, sliceOf } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { agreementReleased } from '#shared/signing/signing-protocol.ts'
import { ownSigningFold } from '#shared/signing/signing-state.ts'

interface Named {
  readonly id: FileId
  readonly audience: Audience
  readonly context: string
  readonly what: string
  /** As the log knows it, in hexadecimal. */
  readonly digest?: string
  /** What it means when it is not there: a signature's bytes go when it falls, a paper copy is printed again. */
  readonly missing: 'fault' | 'note' | 'nothing'
}

interface FilesDeps {
  readonly stored: Pick<FileStore, 'has'>
  readonly files: Pick<EncryptedFiles, 'open'>
  readonly keys: Pick<AudienceKeys, 'find'>
  readonly definitions: ReadonlyMap<string, EventDefinition>
}

export async function verifyFiles(
  { stored, files, keys, definitions }: FilesDeps,
  caseId: CaseId,
  wires: readonly WireEvent[],
): Promise<{ readonly named: ReadonlySet<string>; readonly faults: readonly string[]; readonly notes: readonly string[] }> {
  const faults: string[] = []
  const notes: string[] = []
  const all = namedIn(caseId, wires, definitions)
  for (const { id, audience, context, what, digest, missing } of all) {
    if (!(await stored.has(id))) {
      if (missing === 'fault') faults.push(`file ${id} (${what}) is missing`)
      if (missing === 'note') notes.push(`file ${id} (${what}) is not there; it is made again when the case is next read (harmless)`)
      continue
    }
    const key = await keys.find(caseId, audience).catch(() => undefined) // said of the audience itself
    if (key && !(await isWhole(files, { id, context, key: fileKey(key) }, digest)))
      faults.push(`file ${id} (${what}) was changed, or another stands in its place`)
  }
  return { named: new Set(all.map(({ id }) => id)), faults, notes }
}

/** Opens, and is to its last piece what was written. */
async function isWhole(files: Pick<EncryptedFiles, 'open'>, place: FilePlace, digest: string | undefined): Promise<boolean> {
  try {
    const opened = await files.open(place, digest === undefined ? undefined : fromHex(digest))
    let left = opened?.length ?? Number.NaN
    for await (const piece of opened?.pieces() ?? []) left -= piece.length
    return left === 0
  } catch {
    return false
  }
}

/** What cannot be folded is named event by event elsewhere; here it names no file. */
function namedIn(caseId: CaseId, wires: readonly WireEvent[], definitions: ReadonlyMap<string, EventDefinition>): readonly Named[] {
  try {
    return filesOf(caseId, foldAll(wires, definitions), wires, definitions)
  } catch {
    return []
  }
}

function foldAll(wires: readonly WireEvent[], definitions: ReadonlyMap<string, EventDefinition>) {
  const states = new Map<Audience, ReturnType<typeof emptyAudience>>()
  const folds = [caseFold, { ...draftFold, evolve: evolveDraft }, ownSigningFold] as readonly Fold[] // each is handed its own events alone
  for (const wire of wires) {
    const before = states.get(wire.audience) ?? emptyAudience(wire.audience)
    states.set(wire.audience, foldEvent(folds, before, parseEvent(wire, definitions)))
  }
  return <S>(fold: Slice<S>, audience: Audience): S | undefined => {
    const state = states.get(audience)
    return state && sliceOf(state, fold)
  }
}

type Slices = ReturnType<typeof foldAll>

function filesOf(caseId: CaseId, slice: Slices, wires: readonly WireEvent[], definitions: ReadonlyMap<string, EventDefinition>): Named[] {
  const ofVersion = (id: FileId, what: string): Named => ({ id, audience: 'all', context: fileContext(caseId, id), what, missing: 'fault' })
  const ofSigners = (id: FileId, versionId: VersionId, what: string, missing: Named['missing']): Named => {
    const context = signersFileContext({ caseId, versionId }, id)
    return { id, audience: signersAudience(versionId), context, what, missing }
  }
  const found: Named[] = []
  const phase = slice(draftFold, 'all')?.phase
  const isOver = slice(caseFold, 'case')?.ended !== undefined
  const standing = !isOver && phase?.kind === 'frozen' ? phase.versionId : undefined
  for (const wire of wires) {
    if (wire.body === null) continue
    if (wire.type === versionFrozen.name && wire.audience === 'all') {
      const { versionId, textFileId, textDigest, pdfFileId, pdfDigest } = parseEvent(wire, definitions).body as Frozen
      found.push({ ...ofVersion(textFileId, 'the text of a version'), digest: textDigest })
      found.push({ ...ofVersion(pdfFileId, 'the PDF of a version'), digest: pdfDigest })
      found.push({
        ...ofVersion(versionFileId(versionId, 'paper'), 'the paper copy of a version'),
        missing: versionId === standing ? 'note' : 'nothing',
      })
    }
    if (wire.type === agreementReleased.name) {
      const { versionId, bundleFileId } = parseEvent(wire, definitions).body as Released
      found.push(ofSigners(bundleFileId, versionId, 'the bundle', 'note'))
    }
  }
  for (const audience of new Set(wires.map((wire) => wire.audience))) {
    if (audienceKind(audience) !== 'direct') continue
    for (const { fileId, versionId, withdrawnAt } of slice(ownSigningFold, audience)?.given ?? [])
      found.push(ofSigners(fileId, versionId, 'a signature', versionId === standing && withdrawnAt === undefined ? 'fault' : 'nothing'))
  }
  return found
}

// As their definitions parse them.
interface Frozen {
  readonly versionId: VersionId
  readonly textFileId: FileId
  readonly textDigest: string
  readonly pdfFileId: FileId
  readonly pdfDigest: string
}
interface Released {
  readonly versionId: VersionId
  readonly bundleFileId: FileId
}
