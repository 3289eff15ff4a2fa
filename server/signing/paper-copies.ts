// The copy of a frozen text for signing by hand: made once for a version, then stored beside its other files; asking again costs a decryption.
import type { PaperCopy } from '#server/document/agreement-printing.ts'
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import { SingleFlight } from '#server/workers/single-flight.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import type { Printing } from './printing.ts'
import { type OpenVersionFile, readText } from './version-files.ts'

/** Given by drafting, under whose key a version's files rest. */
export interface PaperStore {
  open(caseId: CaseId, versionId: VersionId): Promise<OpenFile | undefined>
  keep(caseId: CaseId, versionId: VersionId, bytes: Uint8Array): Promise<void>
}

interface PaperCopyDeps {
  readonly openVersionFile: OpenVersionFile
  readonly papers: PaperStore
  readonly printing: Pick<Printing, 'paperCopy'>
}

interface PaperOf extends Pick<PaperCopy, 'signers' | 'frozenAt'> {
  readonly caseId: CaseId
  readonly version: FrozenVersion
}

export type GetPaperCopy = (of: PaperOf) => Promise<OpenFile>

export function makePaperCopies(deps: PaperCopyDeps): GetPaperCopy {
  const { papers, printing } = deps
  const flights = new SingleFlight<void>()
  return async ({ caseId, version, signers, frozenAt }) => {
    const { versionId, textCode, language } = version
    const stored = await papers.open(caseId, versionId)
    if (stored) return stored
    await flights.run(`${caseId} ${versionId}`, async () => {
      const text = await readText(deps, caseId, version)
      const paper = await printing.paperCopy(caseId, { text, textCode, language, frozenAt, signers })
      await papers.keep(caseId, versionId, paper)
    })
    const made = await papers.open(caseId, versionId)
    if (!made) throw new Error('a copy that was just stored is missing')
    return made
  }
}
