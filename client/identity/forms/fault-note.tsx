import type { ReactNode } from 'react'
import type { Fault } from '#client/http/input-faults.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { LetterFault } from '#client/ui/forms/LetterFault.tsx'
import type { TextUse } from '#shared/kernel/text/letter-table.ts'
import { faultWords } from './fault-words.ts'

interface NotedField {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly use?: TextUse
}

/** What is wrong with a text field; a letter that may not stand there can be put right by one press. */
export function faultNote(fault: Fault | undefined, t: Translate, { value, onChange, use = 'name' }: NotedField): ReactNode {
  if (typeof fault !== 'object') return faultWords(fault, t)
  return <LetterFault problem={fault} use={use} value={value} onChange={onChange} />
}
