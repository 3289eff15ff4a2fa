// A short form: its faults by the route's own schema before sending, the server's refusal of a field beside that field afterwards.
import { useRef, useState } from 'react'
import { type Faults, inputFaults, NO_FAULTS, refusedField } from '#client/http/input-faults.ts'
import { useRequest } from '#client/http/use-request.ts'
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
  const request = useRequest()
  const wait = useWait(request.problem)
  const ref = useRef<HTMLFormElement>(null)
  const refused = request.problem && 'field' in request.problem ? refusedField(request.problem) : NO_FAULTS
  const shown = faults.size > 0 ? faults : refused
  return {
    faults: shown,
    busy: request.busy,
    wait,
    problem:
      refused.size > 0 && (request.problem?.reason === undefined || request.problem.reason.startsWith('text/'))
        ? undefined
        : request.problem,
    ref,
    touch: (path) => {
      // one change may answer several fields at once
      setFaults((old) => (old.has(path) ? new Map([...old].filter(([each]) => each !== path)) : old))
      if (refused.has(path)) request.clear()
    },
    async submit(input) {
      if (wait > 0) return false
      const found = inputFaults(schema, input)
      setFaults(found)
      if (found.size > 0) {
        focusFirstFault(ref.current)
        return false
      }
      const done = await request.run(() => send(input))
      if (!done) focusFirstFault(ref.current)
      return done
    },
  }
}

/** After the faults have been drawn. */
function focusFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
}
