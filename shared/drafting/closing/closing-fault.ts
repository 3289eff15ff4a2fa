// One thing that stands in the way of closing a text, for all who list it.
import { CONFIRMED_KINDS, type ConfirmedFault } from '../drafting-protocol.ts'

/** Nothing is closed while one of these stands in the text. */
type KindToMend =
  | 'empty-text'
  | 'empty-clause'
  | 'character'
  | 'too-long'
  | 'too-many'
  | 'unreadable'
  | 'no-heading'
  | 'no-place'
  | 'no-date'
  | 'other-date'

export interface ClosingFault {
  /** A mediator who has looked at one of `ConfirmedFault` may leave it so. */
  readonly kind: KindToMend | ConfirmedFault['kind']
  /** What it is about: a word, a name, a day, a heading, `U+202E`, a demand of the law. Together with the kind it is the same fault. */
  readonly found: string
  /** The block to look at. */
  readonly block?: string | undefined
  /** `2.1.`, where it stands in a clause. */
  readonly clause?: string | undefined
  /** How it could read instead, the likeliest first; of a heading that is missing, its words. */
  readonly instead?: readonly string[]
}

export function isToConfirm({ kind }: ClosingFault): boolean {
  return CONFIRMED_KINDS.some((each) => each === kind)
}

/** As a request names those that stay as they are. */
export function confirmedOf(faults: readonly ClosingFault[]): ConfirmedFault[] {
  return faults.flatMap(({ kind, found }) => {
    const confirmed = CONFIRMED_KINDS.find((each) => each === kind)
    return confirmed ? [{ kind: confirmed, found }] : []
  })
}

export function isSameFault(one: Pick<ClosingFault, 'kind' | 'found'>, other: Pick<ClosingFault, 'kind' | 'found'>): boolean {
  return one.kind === other.kind && one.found === other.found
}
