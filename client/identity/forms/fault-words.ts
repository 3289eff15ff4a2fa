import type { Fault } from '#client/http/input-faults.ts'
import type { TextId, Translate } from '#client/i18n/text-ids.ts'
import { problemWords } from '#client/ui/problem-words.ts'

const WORDS = {
  missing: 'identity.fault.missing',
  'too-long': 'identity.fault.too-long',
  'too-short': 'identity.fault.too-short',
  format: 'identity.fault.format',
} as const satisfies Record<Fault & string, TextId>

/** `format`: better words for a field whose form has a name (a telephone, an address). */
export function faultWords(fault: Fault | undefined, t: Translate, format?: string): string | undefined {
  if (fault === undefined) return undefined
  if (typeof fault === 'object') return problemWords({ kind: 'invalid', ...fault }, t)
  if (format !== undefined && fault !== 'missing') return format
  return t(WORDS[fault])
}
