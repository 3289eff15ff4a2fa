// A short form: its faults by the route's own schema before sending, the server's refusal of a field beside that field afterwards.
import { useRef, useState } from 'react'
import { type Faults, inputFaults, NO_FAULTS, refusedField } from '#client/http/input-faults.ts'
import { useActing } from '#client/http/use-acting.ts'
import { useWait } from '#client/http/use-wait.ts'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import type { Schema } from '#shared/protocol/define.ts'

export interface Form<Input> {
  readonly faults: Faults
  readonly busy: boolean
  /** Seconds until it may be sent again. */
  readonly wait: number
  /** What no single field can be blamed for. */
  readonly problem: ShownProblem | undefined
  /** Give it to the <form>: the first faulty field gets the focus. */
  readonly ref: { current: HTMLFormElement | null }
  readonly submit: (input: Input) => Promise<boolean>
  /** The field was changed: its fault is no longer true. */
  readonly touch: (path: string) => void
}

export function useForm<Input>(schema: Schema<Input>, send: (input: Input) => Promise<void>): Form<Input> {
  const [faults, setFaults] = useState<Faults>(NO_FAULTS)
  const acting = useActing()
  const wait = useWait(acting.problem)
  const ref = useRef<HTMLFormElement>(null)
  const refused = acting.problem && 'field' in acting.problem ? refusedField(acting.problem) : NO_FAULTS
  const shown = faults.size > 0 ? faults : refused
  return {
    faults: shown,
    busy: acting.busy,
    wait,
    problem:
      refused.size > 0 && (acting.problem?.reason === undefined || acting.problem.reason.startsWith('text/')) ? undefined : acting.problem,
    ref,
    touch: (path) => {
      // one change may answer several fields at once
      setFaults((old) => (old.has(path) ? new Map([...old].filter(([each]) => each !== path)) : old))
      if (refused.has(path)) acting.clear()
    },
    async submit(input) {
      if (wait > 0) return false
      const found = inputFaults(schema, input)
      setFaults(found)
      if (found.size > 0) {
        focusFirstFault(ref.current)
        return false
      }
      const done = await acting.run(() => send(input))
      if (!done) focusFirstFault(ref.current)
      return done
    },
  }
}

/** After the faults have been drawn. */
function focusFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
}
