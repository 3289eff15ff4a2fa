// A projection as a value: what follows from a case, and what it is found by. Nothing but what it declares is ever shown to it.
import type { RecordStore } from '#server/storage/ports.ts'
import type { AudienceKind } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'

export interface Projected<Value extends object> {
  /** Unique in the projection. */
  readonly id: string
  readonly value: Value
}

/** By fields of the value. */
interface Lookup<Field extends string = string> {
  /** At rest a keyed digest of all of them together. */
  readonly equals: readonly Field[]
  /** An integer that is readable at rest: so something public by nature, such as a time that stands in the log. */
  readonly order: Field
}

export interface Projection<Value extends object = object, Lookups extends string = string> {
  readonly name: string
  /** Raised whenever other documents follow: the table is then made anew. */
  readonly version: number
  /** Its audiences: it is given no state of any other, and no commit in another costs it anything. */
  readonly reads: readonly AudienceKind[]
  readonly lookups: Readonly<Record<Lookups, Lookup>>
  /** Everything that follows from the case. Undefined: it cannot be said yet; whoever changes that asks for the case to be renewed. */
  readonly of: (caseId: CaseId, view: View, records: Pick<RecordStore, 'get'>) => Promise<readonly Projected<Value>[] | undefined>
}

export function defineProjection<Value extends object, const Lookups extends string>(
  projection: Omit<Projection<Value, Lookups>, 'lookups'> & { readonly lookups: Readonly<Record<Lookups, Lookup<keyof Value & string>>> },
): Projection<Value, Lookups> {
  return projection
}

/** Each version has a table of its own: servers of two releases do not write into each other's. */
export function tableOf({ name, version }: Pick<Projection, 'name' | 'version'>): string {
  return `${name}-${version}`
}
