// What follows from one case in one projection, as documents, and how that differs from what stands.
import type { ProjectionDocument, ProjectionLookup, RecordStore } from '#server/storage/ports.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type LoadedCase, viewOfKinds } from './case-state.ts'
import type { Projection } from './projection.ts'

/** Undefined: it cannot be said yet. */
export async function projectedCase(
  projection: Projection,
  caseId: CaseId,
  { state, records }: { readonly state: LoadedCase; readonly records: Pick<RecordStore, 'get'> },
): Promise<readonly ProjectionDocument[] | undefined> {
  const projected = await projection.of(caseId, viewOfKinds(state, projection.reads), records)
  return projected?.map(({ id, value }) => {
    return { id, caseId, commitNumber: state.commitNumber, value, lookups: lookupsOf(projection, value) }
  })
}

/** What has to be written so that these documents stand; nothing where they do already, of whatever commit they were made. */
export function changedDocuments(
  documents: readonly ProjectionDocument[],
  standing: readonly ProjectionDocument[],
  commitNumber: number,
): readonly ProjectionDocument[] {
  const before = new Map(standing.map((each) => [each.id, each]))
  const ids = new Set(documents.map(({ id }) => id))
  const changed = documents.filter((each) => contentOf(each) !== contentOf(before.get(each.id)))
  const gone = standing.filter(({ id, value }) => !ids.has(id) && value !== undefined)
  return [...changed, ...gone.map((each) => ({ ...each, commitNumber, value: undefined, lookups: {} }))]
}

/** Key order counts: both were made by the same code, or one is written once too often. */
function contentOf(document: ProjectionDocument | undefined): string {
  return JSON.stringify([document?.value ?? null, document?.lookups ?? null])
}

export function lookupKey(fields: readonly string[], value: object): string {
  return JSON.stringify(fields.map((field) => Reflect.get(value, field) ?? null))
}

function lookupsOf({ lookups }: Projection, value: object): Readonly<Record<string, ProjectionLookup>> {
  const named = Object.entries(lookups).map(([name, { equals, order }]) => {
    return [name, { key: lookupKey(equals, value), order: Number(Reflect.get(value, order)) }] as const
  })
  return Object.fromEntries(named)
}
