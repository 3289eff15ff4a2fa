// A message, as the build has compiled it (scripts/texts.ts), in words: values put in, forms chosen by the rules of the language.
import type { Locale } from '#shared/kernel/locale.ts'
import type { TextValue } from './text-ids.ts'

type Forms = Readonly<Record<string, CompiledMessage | undefined>>
/** Words, `#` for the number that a form was chosen by, or the name of a value: as it is, or with the forms that it chooses among. */
type Token = string | readonly [name: string, kind?: string, forms?: Forms]
export type CompiledMessage = string | readonly Token[]
export type Values = Readonly<Record<string, TextValue>>

const made = new Map<Locale, { readonly form: Intl.PluralRules; readonly number: Intl.NumberFormat }>()

/** Making them takes a slow phone longer than all the rest. */
function rulesOf(locale: Locale) {
  const rules = made.get(locale) ?? { form: new Intl.PluralRules(locale), number: new Intl.NumberFormat(locale) }
  made.set(locale, rules)
  return rules
}

export function messageWords(message: CompiledMessage, locale: Locale, values: Values = {}, count?: TextValue): string {
  if (typeof message === 'string') return message
  return message.map((token) => tokenWords(token, locale, values, count)).join('')
}

function tokenWords(token: Token, locale: Locale, values: Values, count: TextValue | undefined): string {
  if (token === '#' && count !== undefined) return rulesOf(locale).number.format(Number(count))
  if (typeof token === 'string') return token
  const [name, kind, forms] = token
  const value = values[name]
  if (!forms) return String(value ?? '')
  const isPlural = kind === 'plural'
  const form = isPlural ? rulesOf(locale).form.select(Number(value)) : ''
  return messageWords(forms[String(value)] ?? forms[form] ?? forms.other ?? '', locale, values, isPlural ? value : count)
}
