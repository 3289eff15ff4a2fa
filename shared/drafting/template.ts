// The text that a draft starts with: what the case already knows, and a heading with room beneath it for each thing that
// the law on mediation, art. 27(2), demands of a settlement. Made once, on the server.
import { type CaseFacts, mediatorsOf, speakersOf } from '#shared/cases/case-state.ts'
import type { Side } from '#shared/cases/people-protocol.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import type { BlockKind, Duty } from '#shared/document/document-grammar.ts'
import { actsByAuthority, isNamedInSettlement, type NamedRole } from '#shared/kernel/roles.ts'
import { dayWords, fillWords as fill, TEMPLATE_WORDS, type TemplateWords } from './template-words.ts'

/** `day` is the calendar day in the place where the case is, `2026-11-22`. */
export function templateOf(facts: CaseFacts, day: string): readonly DocumentBlock[] {
  const texts = TEMPLATE_WORDS[facts.draftLanguage]
  const { agreement, sides } = facts
  const page = new Page()
  page.heading(1, texts.title)
  page.paragraph(
    'place-and-date',
    facts.number && fill(texts.number, { number: facts.number }),
    fill(texts.placeAndDate, { place: agreement.place, date: dayWords(facts.draftLanguage, day) }),
  )
  page.heading(2, texts.parties)
  for (const [index, side] of sides.entries()) page.paragraph('parties', ...sideLines(texts, facts, side, index + 1))
  page.heading(2, texts.mediator)
  page.paragraph(
    'mediator',
    ...mediatorsOf({ facts }).flatMap(({ name, organisation, registerNumber }) => [
      name,
      organisation && fill(texts.organisation, { organisation }),
      registerNumber && fill(texts.register, { number: registerNumber }),
    ]),
    ...namedOf(facts).map(({ role, name }) => fill(texts[role], { name })),
    fill(texts.agreementToMediate, { place: agreement.place, date: dayWords(facts.draftLanguage, agreement.date) }),
  )
  page.heading(2, texts.subject)
  page.paragraph('subject', ...facts.subject.split('\n'))
  for (const duty of ['obligations', 'performance', 'consequences', 'costs'] as const) {
    page.heading(2, texts[duty])
    page.clause(duty, '')
  }
  page.heading(2, texts.final)
  page.clause('final', texts.voluntary)
  page.clause('final', texts.inForce)
  return page.blocks
}

/** Who was there besides those who sign. */
function namedOf({ people }: CaseFacts): readonly (CasePerson & { readonly role: NamedRole })[] {
  return people.filter((person) => person.endedAt === undefined).filter(isNamedInSettlement)
}

function sideLines(texts: TemplateWords, facts: CaseFacts, side: Side, number: number): readonly string[] {
  const lines = [fill(texts.side, { number: String(number), name: side.name }), ...(side.details?.split('\n') ?? [])]
  for (const person of speakersOf({ facts }, side.id)) {
    if (!actsByAuthority(person) && person.name === side.name) continue
    lines.push(personLine(texts, person))
  }
  return lines
}

function personLine(texts: TemplateWords, person: CasePerson): string {
  const { name, authority } = person
  const who = fill(actsByAuthority(person) ? texts.representative : texts.person, { name })
  return authority ? `${who}. ${fill(texts.authority, { authority })}` : who
}

/** Blocks one below the other, with ids of their own. */
class Page {
  readonly blocks: DocumentBlock[] = []

  heading(rank: number, text: string): void {
    this.#add('heading', rank, text)
  }

  /** Lines of one paragraph; empty ones are left out. */
  paragraph(part: Duty, ...lines: readonly (string | undefined)[]): void {
    const text = lines.flatMap((line) => line?.trim() || []).join('\n')
    this.#add('paragraph', 0, text, part)
  }

  clause(part: Duty, text: string): void {
    this.#add('clause', 1, text, part)
  }

  #add(kind: BlockKind, depth: number, text: string, part?: Duty): void {
    this.blocks.push(block(`b${this.blocks.length + 1}`, kind, depth, text, { part }))
  }
}
