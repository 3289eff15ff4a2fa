// Something that may be done or not: who may, in which rooms, in which phases of a case. Made by `defineAct` alone (`shared/cases/may.ts`).
import type { Role } from './actor.ts'
import type { AudienceKind } from './audience.ts'

declare const defined: unique symbol

/** The capability, and what is done there. */
export type ActName = `${string}/${string}`

export interface ActLine {
  readonly roles: readonly Role[]
  readonly rooms: readonly AudienceKind[]
  /** Which phases there are is the cases' to say; `defineAct` takes no others. */
  readonly phases: readonly string[]
}

export interface Act {
  readonly name: ActName
  /** What one of them allows is allowed. */
  readonly lines: readonly ActLine[]
  readonly [defined]: true
}
