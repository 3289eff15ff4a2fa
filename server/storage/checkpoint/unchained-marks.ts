// Claims, closings and reopenings from before entries of documents were chained. No hash of theirs stands beside them, so the first
// checkpoint takes what they are: none of them is changed or goes missing from then on.
import { sha256Text } from '#server/kernel/digest.ts'
import type { DocumentPlace, DraftEntry, DraftStore } from '#server/storage/ports.ts'

/** Undefined where every mark is chained. */
export async function unchainedDigest(drafts: Pick<DraftStore, 'readMarks'>, place: DocumentPlace): Promise<string | undefined> {
  const marks = (await drafts.readMarks(place)).filter(({ hash }) => !hash)
  return marks.length === 0 ? undefined : sha256Text(JSON.stringify(marks.map(fieldsOf)))
}

function fieldsOf({ revision, kind, by, at, epoch, encrypted }: DraftEntry) {
  return [revision, kind, by, at, epoch, sha256Text(encrypted)]
}
