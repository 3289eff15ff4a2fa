// Why a text was refused for its letters, the same in every field: what the client has words for, with the letter and its place.
import type { Problem } from '#shared/kernel/errors.ts'
import { type FoundFault, faultsIn, firstFault, firstLost, type TextFaultKind } from '#shared/kernel/text/clean-text.ts'
import type { TextUse } from '#shared/kernel/text/letter-table.ts'

/** `details`: `character` as it looks ('' when nothing is seen), `codePoint` (U+202E), `place` (1 for the first character), `instead`. */
export const TEXT_REASONS = {
  bidirectional: 'text/bidirectional',
  invisible: 'text/invisible',
  control: 'text/control',
  unassigned: 'text/unassigned',
  unprintable: 'text/unprintable',
  marks: 'text/marks',
  'look-alike': 'text/look-alike',
} as const satisfies Record<TextFaultKind, string>
export type TextReason = (typeof TEXT_REASONS)[TextFaultKind]

export type TextProblem = Required<Pick<Problem, 'reason' | 'details'>>

/** What is wrong with a text that was cleaned for this use. */
export function textProblem(use: TextUse, text: string): TextProblem | undefined {
  const fault = firstFault(use, text)
  return fault && { reason: TEXT_REASONS[fault.kind], details: detailsOf(text, fault) }
}

/** In words of an agreement that stand there already: letters that only look like others, and marks beside their letters, are theirs. */
export function wordsProblem(text: string): TextProblem | undefined {
  const whole = text.normalize('NFC')
  const fault = faultsIn('document', whole).find(({ kind }) => kind !== 'look-alike')
  return fault && { reason: TEXT_REASONS[fault.kind], details: detailsOf(whole, fault) }
}

/** For what is compared and never shown, a password: neither what may not stand in a text nor what a text would lose in silence. */
export function secretProblem(text: string): TextProblem | undefined {
  const lost = firstLost(text)
  if (!lost) return textProblem('message', text)
  return { reason: TEXT_REASONS.invisible, details: detailsOf(text, { kind: 'invisible', length: lost.character.length, ...lost }) }
}

function detailsOf(text: string, { kind, character, index, instead }: FoundFault): TextProblem['details'] {
  const code = character.codePointAt(0) ?? 0
  return {
    character: kind === 'unprintable' || kind === 'look-alike' ? character : '',
    codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
    place: [...text.slice(0, index)].length + 1,
    ...(instead === undefined ? {} : { instead }),
  }
}
