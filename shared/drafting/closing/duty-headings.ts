// Which demands of art. 27(2) stand in a text: something is written beneath a heading that says so. A heading says it by its words, the
// template's own or those that people use for the same; where it was renamed, by what the template put beneath it.
import type { ArrangedBlock } from '#shared/document/arrange-blocks.ts'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import { DUTIES, type Duty } from '#shared/document/document-grammar.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { type HeadedDuty, TEMPLATE_WORDS } from '../template-words.ts'

const HEADED = DUTIES.filter((duty): duty is HeadedDuty => duty !== 'place-and-date')

/** What people call it, besides the template's words. */
const CALLED: readonly (readonly [HeadedDuty, RegExp])[] = [
  [
    'parties',
    /^(?:данные |сведения о |реквизиты )?(?:сторон[аыхм]*|участник\S*)(?: (?:соглашения|спора|конфликта|медиации))?(?: и медиатор\S*)?$|^реквизиты|^тараптар(?!\S* (?:келіс|міндет))|^the parties$|^parties(?! (?:have )?agree)/u,
  ],
  ['mediator', /медиатор|\bmediator/u],
  [
    'subject',
    /предмет|(?:суть|описание|содержание|обстоятельства) (?:спора|конфликта|дела)|о ч[её]м (?:был |наш )?спор|нысана|мән[ін]|дау(?:дың)? (?:туралы|неде)|\bsubject|\babout the dispute|^the dispute$/u,
  ],
  [
    'obligations',
    /обязательств|обязанности|условия|договор[её]нност|(?<!кто )договорил|пришли к согла|решили|решение сторон|міндеттем|міндеттер|талаптар|шарттар|келіскен|келісті|келістік|\bobligation|\bterms\b|\bagreed?\b/u,
  ],
  [
    'performance',
    /(?:срок|порядок|способ|график)\S*(?: \S+){0,3} (?:исполнен|выполнен|оплат|платеж|расч[её]т)|^(?:сроки|порядок)|орындау|мерзім|\bperformance|\bschedule/u,
  ],
  [
    'consequences',
    /последстви|ответственност|неисполнен|салдар|жауапкершілі|орындама|\bconsequence|\bliability|\bbreach|\bnon-performance/u,
  ],
]

/** `Статья 3.`, `2-бөлім.`, `II.`, `1.2)` */
const NUMBER =
  /^(?:(?:раздел|статья|глава|часть|section|article|part|chapter)\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,5}\.?|[ivxіх]{1,5}(?=[\s.)–—-]))?[\s.)–—-]*(?:(?:бөлім|бап|тарау)(?!\p{L})[\s.–—-]*)?(?=\p{L}{2})/u

const EXACT: ReadonlyMap<string, HeadedDuty> = new Map(
  LOCALES.flatMap((locale) => HEADED.map((duty) => [plain(TEMPLATE_WORDS[locale][duty]), duty] as const)),
)
/** A line that is not made a heading can be one for its readers, when it is short and ends like none. */
const MAX_TITLE_WORDS = 6

/** `Медиатор: Ерлан Омаров` is a heading and the words beneath it, in one line; `Медиатор: ____` waits for them. */
const LABELLED = /^([^:\n]{2,80}):\s*[\p{L}\p{N}«"“]/u

export interface StatedDuties {
  /** Where each of them stands: its heading's first block. */
  readonly stated: ReadonlyMap<Duty, DocumentBlock>
  /** Headings that say one of them, with or without words beneath. */
  readonly named: ReadonlyMap<Duty, DocumentBlock>
  /** What is written beneath, line by line. */
  readonly beneath: ReadonlyMap<Duty, readonly ArrangedBlock[]>
}

export function statedDuties(lines: readonly ArrangedBlock[]): StatedDuties {
  const stated = new Map<Duty, DocumentBlock>()
  const named = new Map<Duty, DocumentBlock>()
  const beneath = new Map<Duty, ArrangedBlock[]>()
  let above: { readonly block: DocumentBlock; readonly duties: readonly Duty[]; readonly rank: number } | undefined
  for (const line of lines) {
    const [first] = line.blocks
    if (line.empty || !first) continue
    const words = line.blocks.map(wordsOf).join('')
    const rank = line.kind === 'heading' ? line.depth : undefined
    const labelled = dutiesLabelled(words)
    for (const duty of labelled) if (!stated.has(duty)) stated.set(duty, first)
    const isHeading = rank !== undefined || (labelled.length === 0 && isTitle(words))
    const duties = rank !== 1 && isHeading ? dutiesCalled(words) : []
    const isWithin = rank !== undefined && duties.length === 0 && above !== undefined && above.duties.length > 0 && rank > above.rank
    if (isWithin) continue
    if (rank !== undefined || duties.length > 0) {
      above = { block: first, duties, rank: rank ?? 3 }
      if (rank !== undefined) for (const duty of duties) named.set(duty, first)
      continue
    }
    if (!/[\p{L}\p{N}]/u.test(words)) continue // a line of dots waits for its words
    const meant = above && above.duties.length > 0 ? above.duties : above && first.part ? [first.part] : []
    for (const duty of meant) {
      if (above && !stated.has(duty)) stated.set(duty, above.block)
      beneath.set(duty, [...(beneath.get(duty) ?? []), line])
    }
  }
  return { stated, named, beneath }
}

function isTitle(words: string): boolean {
  const text = words.trim()
  return !/[.;,]$/u.test(text) && !LABELLED.test(text) && text.split(/\s+/u).length <= MAX_TITLE_WORDS && text.length <= 80
}

function dutiesLabelled(words: string): readonly Duty[] {
  const [, label = ''] = LABELLED.exec(words) ?? []
  return isTitle(label) ? dutiesCalled(label) : []
}

function dutiesCalled(words: string): readonly Duty[] {
  const text = plain(words)
  const exact = EXACT.get(text)
  return exact ? [exact] : CALLED.filter(([, called]) => called.test(text)).map(([duty]) => duty)
}

/** Without the number that somebody typed, and without signs. */
function plain(words: string): string {
  return words
    .slice(0, 200)
    .toLowerCase()
    .trim()
    .replace(NUMBER, '')
    .replace(/[^\p{L}\p{N}()-]+/gu, ' ')
    .trim()
}
