// Who mends an uneven text: the device whose edit has made it so does at once, all others wait, each a little longer or shorter, for
// that device or one another. If several mend after all, the text is the same everywhere: it has an empty paragraph more.
import type { Timers } from '#shared/kernel/clock.ts'
import type { GuardedDoc } from './guarded-doc.ts'

const AFTER = 2_000
const WITHIN = 6_000

export interface MendTurnDeps {
  readonly timers: Timers
  readonly mayMend: () => boolean
  readonly mended: () => void
}

export class MendTurn {
  readonly #deps: MendTurnDeps
  #cancel: (() => void) | undefined

  constructor(deps: MendTurnDeps) {
    this.#deps = deps
  }

  heed(draft: GuardedDoc): void {
    if (draft.health.kind !== 'uneven' || this.#cancel) return
    // ids are random, so they spread the devices
    this.#cancel = this.#deps.timers.after(AFTER + (draft.doc.clientID % WITHIN), () => {
      this.#cancel = undefined
      if (this.#deps.mayMend()) {
        draft.mendNow()
        this.#deps.mended()
      }
      this.heed(draft)
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }
}
