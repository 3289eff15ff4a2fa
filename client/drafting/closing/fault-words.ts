// What stands in the way of closing, in the words of whoever reads them.
import type { Translate } from '#client/i18n/text-ids.ts'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'

export function faultWords(fault: ClosingFault, t: Translate): string {
  const said = saidOf(fault, t)
  const { kind, clause } = fault
  return clause && kind !== 'empty-clause' && kind !== 'no-term'
    ? `${t('drafting.place.clause', { number: clause.replace(/\.$/, '') })}: ${said}`
    : said
}

function saidOf({ kind, found }: ClosingFault, t: Translate): string {
  switch (kind) {
    case 'empty-text':
    case 'too-long':
    case 'too-many':
    case 'unreadable':
    case 'no-place':
    case 'no-date':
      return t(`drafting.fault.${kind}`)
    case 'no-heading':
    case 'missing-heading':
      return t(`drafting.fault.${kind}`, { found: t(`drafting.duty.${dutyOf(found)}`) })
    case 'character': {
      const sign = signIn(found)
      return sign ? t('drafting.fault.sign', { found: sign }) : t('drafting.fault.character', { found })
    }
    default:
      return t(`drafting.fault.${kind}`, { found })
  }
}

/** Whoever reads `U+2611` looks for nothing; a sign that can be seen is shown as it stands in the text. */
function signIn(codePoint: string): string | undefined {
  const sign = String.fromCodePoint(Number.parseInt(codePoint.slice(2), 16))
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(sign) ? sign : undefined
}

const HEADED = ['parties', 'mediator', 'subject', 'obligations', 'performance', 'consequences'] as const
type Named = (typeof HEADED)[number]

function dutyOf(found: string): Named {
  return HEADED.find((duty) => duty === found) ?? 'obligations'
}
