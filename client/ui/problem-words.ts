// From a refusal to words: a capability registers its reasons, everything else has plain words by its kind.
import type { TextId, TextValue, Translate } from '#client/i18n/text-ids.ts'
import type { ErrorKind, Problem } from '#shared/kernel/errors.ts'
import type { TextReason } from '#shared/protocol/text-reasons.ts'

/** A refusal as the page meets it: from the server, or because the server could not be reached. */
export type ShownProblem = Problem | { readonly kind: 'offline'; readonly reason?: undefined; readonly id?: undefined }

/** `reason` → text id; the problem's details are the text's values. */
type ReasonTexts = Readonly<Record<string, TextId>>

const BY_KIND = {
  invalid: 'ui.problem.invalid',
  unauthenticated: 'ui.problem.unauthenticated',
  forbidden: 'ui.problem.forbidden',
  'not-found': 'ui.problem.not-found',
  conflict: 'ui.problem.conflict',
  'too-large': 'ui.problem.too-large',
  'too-many': 'ui.problem.too-many',
  unsupported: 'ui.problem.unsupported',
  unavailable: 'ui.problem.unavailable',
  internal: 'ui.problem.internal',
  offline: 'ui.problem.offline',
} as const satisfies Record<ErrorKind | 'offline', TextId>

/** Any field may refuse a letter. */
const LETTERS = {
  'text/bidirectional': 'ui.letters.bidirectional',
  'text/invisible': 'ui.letters.invisible',
  'text/control': 'ui.letters.control',
  'text/unassigned': 'ui.letters.unassigned',
  'text/unprintable': 'ui.letters.unprintable',
  'text/marks': 'ui.letters.marks',
  'text/look-alike': 'ui.letters.look-alike',
} as const satisfies Record<TextReason, TextId>

const reasonTexts = new Map<string, TextId>(Object.entries(LETTERS))

/** Called once by each capability's screens, beside the imports: `registerReasons({ 'rooms/full': 'rooms.reason.full' })`. */
export function registerReasons(texts: ReasonTexts): void {
  for (const [reason, id] of Object.entries(texts)) reasonTexts.set(reason, id)
}

export function problemWords(problem: ShownProblem, t: Translate): string {
  const id = (problem.reason !== undefined && reasonTexts.get(problem.reason)) || BY_KIND[problem.kind]
  // ids come from data here, so the compiler cannot tell which values the text wants; a reason's details are those values
  const translate = t as (id: TextId, values: Readonly<Record<string, TextValue>>) => string
  return translate(id, textValues(problem))
}

/** The words for a refusal that is about this field of a short form; they stand under it instead of above the form. */
export function wordsAt(field: string, problem: ShownProblem | undefined, t: Translate): string | undefined {
  return problem?.kind === 'invalid' && problem.field === field ? problemWords(problem, t) : undefined
}

function textValues(problem: ShownProblem): Record<string, TextValue> {
  if (problem.kind === 'offline') return {}
  const entries = Object.entries(problem.details ?? {}).map(([name, value]) => [name, typeof value === 'object' ? value.join(', ') : value])
  return Object.fromEntries(entries)
}
