// One half-filled form and its copy on the server: saved a moment after it was changed, one request at a time. It is called saved only
// while the server has what stands in it.
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { shownProblem } from '#client/http/shown-problem.ts'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { unfinishedSave } from '#shared/cases/unfinished-routes.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { UnfinishedId } from '#shared/kernel/ids.ts'
import { type CaseForm, unfinishedOf } from './case-form.ts'

const SAVE_AFTER_MS = 1_200
const TRY_AGAIN_MS = 5_000

export type Keeping =
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'saving' }
  /** Not on the server, and why; `again`: it is sent once more by itself. */
  | { readonly kind: 'unsaved'; readonly problem: ShownProblem; readonly again: boolean }

export interface Kept {
  readonly form: CaseForm
  readonly keeping: Keeping
}

export interface KeptForm {
  change(form: CaseForm): void
  /** Sends at once what waits, and resolves when it is saved or refused. */
  flush(): Promise<void>
  /** Resolves when nothing of it is under way, and nothing goes out from then on. */
  hold(): Promise<void>
  release(): void
}

interface Deps {
  readonly id: UnfinishedId
  /** Of the server; 0 before it has any. */
  readonly version: number
  readonly call: AuthorisedApi['call']
  readonly timers: Timers
  /** What stands here now. */
  readonly read: () => Kept | undefined
  readonly write: (kept: Kept) => void
}

export function createKeptForm({ id, call, timers, read, write, ...deps }: Deps): KeptForm {
  let { version } = deps
  /** What stands here is not on the server. */
  let isDirty = false
  let isHeld = false
  let sending: Promise<void> | undefined
  let cancelTimer: () => void = () => undefined

  function sendAfter(milliseconds: number): void {
    cancelTimer()
    cancelTimer = timers.after(milliseconds, () => void send())
  }

  function told(keeping: Keeping): void {
    const kept = read()
    if (kept) write({ ...kept, keeping })
  }

  /** What was typed meanwhile goes with the next. */
  function send(): Promise<void> {
    cancelTimer()
    sending ??= sendOnce().finally(() => {
      sending = undefined
    })
    return sending
  }

  async function sendOnce(): Promise<void> {
    const kept = read()
    if (!kept || !isDirty || isHeld) return
    isDirty = false
    try {
      const saved = await call(unfinishedSave, { unfinishedId: id, version, form: unfinishedOf(kept.form) })
      version = saved.version
      if (isDirty) sendAfter(SAVE_AFTER_MS)
      else told({ kind: 'saved', at: saved.savedAt })
    } catch (error) {
      isDirty = true
      const problem = shownProblem(error)
      const again = problem.kind === 'offline' || problem.kind === 'unavailable' || problem.kind === 'too-many'
      told({ kind: 'unsaved', problem, again })
      if (again && !isHeld) sendAfter(TRY_AGAIN_MS)
    }
  }

  return {
    change(form) {
      isDirty = true
      write({ form, keeping: { kind: 'saving' } })
      if (!isHeld && !sending) sendAfter(SAVE_AFTER_MS)
    },
    async flush() {
      await sending
      await send()
    },
    async hold() {
      isHeld = true
      cancelTimer()
      await sending
      cancelTimer()
    },
    release() {
      isHeld = false
      if (isDirty) sendAfter(SAVE_AFTER_MS)
    },
  }
}
