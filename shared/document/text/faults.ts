import type { CharacterFault } from '#shared/kernel/text/letter-table.ts'

/** Where a fault stands, for a person who has to mend it. */
export interface Place {
  /** '2.1.' where the text stands in a clause. */
  readonly clause: string | undefined
  /** Words around the fault, the faulty characters themselves left out. */
  readonly near: string
}

export type TextFault =
  | ({ readonly fault: 'character'; readonly kind: CharacterFault; readonly codePoint: number } & Place)
  | ({ readonly fault: 'empty-clause' } & Place)
  | ({ readonly fault: 'too-long'; readonly limit: number } & Place)
  | { readonly fault: 'empty-document' }
  /** More faults than are listed. */
  | { readonly fault: 'too-many-faults' }
