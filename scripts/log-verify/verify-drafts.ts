// The documents of one case as they rest, each looked through entry by entry. How far it must have come is the checkpoint's to say.
import { DocumentCipher } from '#server/drafting/document-cipher.ts'
import { documentAt, type FoundFault, verifyDocumentChain } from '#server/drafting/verify-document.ts'
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { DocumentPlace, DraftStore } from '#server/storage/ports.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'

interface Deps {
  readonly drafts: DraftStore
  readonly keys: Pick<AudienceKeys, 'find'>
}

export async function verifyDrafts(deps: Deps, caseId: CaseId): Promise<readonly string[]> {
  const faults: string[] = []
  for (const documentId of await deps.drafts.documentsOf(caseId)) {
    const place = { caseId, documentId }
    const { kind } = documentAt(place)
    const cipher = await cipherOf(deps, place)
    const found = await verifyDocumentChain({ store: deps.drafts, cipher, place })
    faults.push(...found.faults.map((fault) => `${kind === 'note' ? 'a note' : 'draft'}: ${wordsOf(fault)}`))
  }
  return faults
}

/** Undefined when the key is gone, which is said of its audience. */
async function cipherOf({ keys }: Deps, place: DocumentPlace): Promise<DocumentCipher | undefined> {
  const key = await keys.find(place.caseId, documentAt(place).audience).catch(() => undefined)
  return (
    key &&
    new DocumentCipher(place, {
      encrypt: () => {
        throw new Error('nothing is written here')
      },
      decrypt: (context, encrypted) => key.decrypt(utf8(context), encrypted),
    })
  )
}

function wordsOf({ fault, revision, of }: FoundFault): string {
  const which =
    of === 'snapshot'
      ? 'its snapshot'
      : of === 'copy'
        ? revision > 0
          ? `the saved state of revision ${revision}`
          : 'a saved state'
        : `entry ${revision}`
  switch (fault) {
    case 'changed':
      return `${which} was changed`
    case 'missing':
      return of === 'mark' ? 'an entry that its snapshot covers is missing' : `${which} is missing`
    case 'reordered':
      return `${which} stands in another's place`
    case 'foreign':
      return `${which} is of another document`
    case 'cut-off':
      return `it ends before ${which}`
  }
}
