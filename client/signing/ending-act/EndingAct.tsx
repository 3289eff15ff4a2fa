// The dated notice that the mediation has ended without a settlement (art. 23(4), 26(2)), on paper, in each language that the people of the
// case have: made of what the case itself says, for the mediator's hand.
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { type AskedPrint, PrintSheet } from '#client/ui/print/PrintSheet.tsx'
import type { CaseState } from '#shared/cases/case-state.ts'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import en from './en.json' with { type: 'json' }
import kk from './kk.json' with { type: 'json' }
import ru from './ru.json' with { type: 'json' }
import './ending-act.css'

const WORDS: Readonly<Record<Locale, typeof en>> = { kk, ru, en }

type Line = readonly [label: string, value: string]

export function EndingAct({ asked }: { readonly asked: AskedPrint }) {
  const f = useFormats()
  const { state } = useCase()
  const { facts, ended } = state
  if (!facts || !ended || ended.ground === 'settled') return null
  const spoken = new Set<Locale>([facts.draftLanguage, ...facts.people.map(({ language }) => language)])
  return (
    <PrintSheet mark={facts.title} asked={asked}>
      {() =>
        LOCALES.filter((locale) => spoken.has(locale)).map((locale) => (
          <article key={locale} lang={locale} className="signing-act">
            <h1>{WORDS[locale].title}</h1>
            <p>{WORDS[locale].law}</p>
            <dl>
              {linesOf(state, WORDS[locale], f).map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <p className="signing-act-hand">{WORDS[locale].signature} ____________________</p>
            <p className="signing-act-hand">{WORDS[locale].date} ____________________</p>
          </article>
        ))
      }
    </PrintSheet>
  )
}

function linesOf({ facts, ended, leftAt }: CaseState, words: typeof en, f: ReturnType<typeof useFormats>): readonly Line[] {
  if (!facts || !ended || ended.ground === 'settled') return []
  // Who left here is known by leaving, who refused elsewhere by what the mediator has recorded.
  const refusing = facts.sides.filter(({ id }) => id === ended.sideId || leftAt[id] !== undefined)
  const day = f.numericDate(Date.parse(`${facts.agreement.date}T00:00:00Z`))
  return [
    [words.case, facts.number === undefined ? facts.title : `${facts.title}, ${words.number.replace('{number}', facts.number)}`],
    [words.subject, facts.subject],
    [words.sides, facts.sides.map(({ name }) => name).join('; ')],
    [
      words.mediator,
      mediatorsOf({ facts })
        .map(({ name }) => name)
        .join(', '),
    ],
    [words.agreement, words['agreement-of'].replace('{date}', day).replace('{place}', facts.agreement.place)],
    [words.ended, `${f.numericDate(ended.at)}, ${f.time(ended.at)}`],
    [words.ground, words[ended.ground]],
    ...(ended.ground === 'refused' && refusing.length > 0 ? [[words.refusing, refusing.map(({ name }) => name).join('; ')] as const] : []),
  ]
}
