// One draft as it rests: its numbers dense behind the snapshot, each entry and the snapshot opening where they stand. How far it must have
// come is the checkpoint's to say.
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { DraftEntry, DraftStore } from '#server/storage/ports.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { entryContext, snapshotContext } from '../../server/drafting/draft-entries.ts'

const PAGE = 500

export async function verifyDraft(
  { drafts, keys }: { readonly drafts: DraftStore; readonly keys: Pick<AudienceKeys, 'find'> },
  caseId: CaseId,
): Promise<readonly string[]> {
  const faults: string[] = []
  const key = await keys.find(caseId, 'all').catch(() => undefined) // said of the audience itself
  const opens = (context: string, bytes: Uint8Array) => {
    try {
      key?.decrypt(utf8(context), bytes)
      return true
    } catch {
      return false
    }
  }
  const snapshot = await drafts.snapshot(caseId)
  if (snapshot && !opens(snapshotContext(caseId, snapshot.u), snapshot.sealed)) faults.push('its snapshot was changed')
  let last = snapshot?.u ?? 0
  for await (const entry of entriesOf(drafts, caseId)) {
    if (entry.u > last + 1) faults.push(`entries ${last + 1} to ${entry.u - 1} are missing`)
    if (!opens(entryContext(caseId, entry), entry.sealed)) faults.push(`entry ${entry.u} was changed, or stands in another's place`)
    last = Math.max(last, entry.u)
  }
  return faults
}

async function* entriesOf(drafts: DraftStore, caseId: CaseId): AsyncGenerator<DraftEntry> {
  for (let after = 0; ; ) {
    const page = await drafts.read(caseId, after, PAGE)
    yield* page
    after = page.at(-1)?.u ?? after
    if (page.length < PAGE) return
  }
}
