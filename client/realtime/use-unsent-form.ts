import { useStore } from '#client/ui/state/use-store.ts'
import { createUnsentForms } from './unsent-forms.ts'
import { useCaseClient } from './use-case.tsx'

export interface UnsentForm<T> {
  /** As it is being filled in. */
  readonly value: T
  /** What stood in it before is nothing unsent. */
  write(value: T): void
  /** The server has it; what was written while it was under way stays unsent. */
  sent(value: T): void
}

/** A form that comes back after a reload. `before`: what stands in it while nothing is unsent. */
export function useUnsentForm<T>(name: string, before: T): UnsentForm<T> {
  const forms = useCaseClient().owned(createUnsentForms)
  const kept = useStore(forms)[name] as T | undefined // written below alone
  return {
    value: kept ?? before,
    write: (value) => forms.write(name, value === before ? undefined : value),
    sent(value) {
      if (forms.state()[name] === value) forms.write(name, undefined)
    },
  }
}
