// The copy of a frozen text for signing by hand: made once for a version, then stored beside its other files; asking again costs a decryption.
import type { PaperCopy } from '#server/document/agreement-printing.ts'
import { SingleFlight } from '#server/workers/single-flight.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import type { Digester } from '#shared/kernel/digest.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import type { Printing } from './printing.ts'
import { type ReadVersionFile, readText } from './version-files.ts'

/** Given by drafting, under whose key a version's files rest. */
export interface PaperStore {
  read(caseId: CaseId, versionId: VersionId): Promise<Uint8Array | undefined>
  keep(caseId: CaseId, versionId: VersionId, bytes: Uint8Array): Promise<void>
}

interface PaperCopyDeps {
  readonly crypto: Digester
  readonly readVersionFile: ReadVersionFile
  readonly papers: PaperStore
  readonly printing: Pick<Printing, 'paperCopy'>
}

interface PaperOf extends Pick<PaperCopy, 'signers' | 'frozenAt'> {
  readonly caseId: CaseId
  readonly version: FrozenVersion
}

export type GetPaperCopy = (of: PaperOf) => Promise<Uint8Array>

export function makePaperCopies(deps: PaperCopyDeps): GetPaperCopy {
  const { papers, printing } = deps
  const flights = new SingleFlight<Uint8Array>()
  return async ({ caseId, version, signers, frozenAt }) => {
    const { versionId, textCode, language } = version
    const stored = await papers.read(caseId, versionId)
    if (stored) return stored
    return flights.run(`${caseId} ${versionId}`, async () => {
      const text = await readText(deps, caseId, version)
      const paper = await printing.paperCopy(caseId, { text, textCode, language, frozenAt, signers })
      await papers.keep(caseId, versionId, paper)
      return paper
    })
  }
}
