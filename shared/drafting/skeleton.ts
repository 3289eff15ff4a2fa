// The text that a draft starts with: what the case already knows, and a heading with room beneath it for each thing that
// the law on mediation, art. 27(2), demands of a settlement. Made once, on the server.
import type { CaseBody, CasePerson, Side } from '#shared/cases/case-protocol.ts'
import type { DocumentNode } from '#shared/document/document-node.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import en from './skeleton-texts/en.json' with { type: 'json' }
import kk from './skeleton-texts/kk.json' with { type: 'json' }
import ru from './skeleton-texts/ru.json' with { type: 'json' }

type SkeletonTexts = typeof en
const TEXTS: Readonly<Record<Locale, SkeletonTexts>> = { kk, ru, en }

/** `day` is the calendar day in the place where the case is, `2026-11-22`. */
export function skeletonOf(facts: CaseBody, day: string): DocumentNode {
  const texts = TEXTS[facts.draftLanguage]
  const { mediator, agreement, sides } = facts
  const clauses = new ClauseMaker()
  const room = (heading: string) => [headingNode(2, heading), clauses.clause('')]
  return {
    type: 'doc',
    content: [
      headingNode(1, texts.title),
      paragraph(fill(texts.placeAndDate, { place: agreement.place, date: dateIn(texts, day) })),
      headingNode(2, texts.parties),
      ...sides.map((side, index) => sideParagraph(texts, facts, side, index + 1)),
      headingNode(2, texts.mediator),
      paragraph(
        mediator.name,
        mediator.organisation && fill(texts.organisation, { organisation: mediator.organisation }),
        mediator.registerNumber && fill(texts.register, { number: mediator.registerNumber }),
        fill(texts.agreementToMediate, { place: agreement.place, date: dateIn(texts, agreement.date) }),
      ),
      headingNode(2, texts.subject),
      paragraph(...facts.subject.split('\n')),
      ...room(texts.obligations),
      ...room(texts.performance),
      ...room(texts.consequences),
      ...room(texts.costs),
      headingNode(2, texts.final),
      clauses.clause(texts.voluntary),
      clauses.clause(texts.inForce),
    ],
  }
}

function sideParagraph(texts: SkeletonTexts, facts: CaseBody, side: Side, number: number): DocumentNode {
  const lines = [fill(texts.side, { number: String(number), name: side.name }), ...(side.details?.split('\n') ?? [])]
  for (const person of facts.people.filter((each) => each.sideId === side.id)) {
    if (person.role === 'party' && person.name === side.name) continue
    lines.push(personLine(texts, person))
  }
  return paragraph(...lines)
}

function personLine(texts: SkeletonTexts, { role, name, authority }: CasePerson): string {
  const who = fill(role === 'representative' ? texts.representative : texts.person, { name })
  return authority ? `${who}. ${fill(texts.authority, { authority })}` : who
}

function dateIn(texts: SkeletonTexts, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return fill(texts.date, { year, month: texts.months.split(',')[Number(month) - 1] ?? month, day: String(Number(date)) })
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

function headingNode(level: number, text: string): DocumentNode {
  return { type: 'heading', attrs: { level }, content: [{ type: 'text', text }] }
}

/** Lines of one paragraph; empty ones are left out. */
function paragraph(...lines: readonly (string | undefined)[]): DocumentNode {
  const content = lines
    .filter((line) => line !== undefined && line.trim() !== '')
    .flatMap((line, index): DocumentNode[] => [...(index > 0 ? [{ type: 'hardBreak' }] : []), { type: 'text', text: line?.trim() ?? '' }])
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

class ClauseMaker {
  #made = 0
  clause(text: string): DocumentNode {
    this.#made++
    return { type: 'clause', attrs: { id: `c${this.#made}` }, content: [paragraph(text)] }
  }
}
