// A half-filled form lives as long as the page: whoever looks something up in the office finds it as it was. It never rests on the device.
import type { CaseForm } from './case-form.ts'

interface FormMemory {
  recall(): CaseForm | undefined
  keep(form: CaseForm | undefined): void
}

export function createFormMemory(): FormMemory {
  let kept: CaseForm | undefined
  return {
    recall: () => kept,
    keep: (form) => {
      kept = form
    },
  }
}
