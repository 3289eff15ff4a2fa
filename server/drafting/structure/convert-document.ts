// Documents as releases up to 2.1 wrote them: one list of nested elements, clauses within clauses. Each becomes a flat list of blocks from
// which the same canonical text is made.
import type * as Y from 'yjs'
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import type { Duty } from '#shared/document/document-grammar.ts'
import en from '#shared/drafting/template-texts/en.json' with { type: 'json' }
import kk from '#shared/drafting/template-texts/kk.json' with { type: 'json' }
import ru from '#shared/drafting/template-texts/ru.json' with { type: 'json' }
import type { Locale } from '#shared/kernel/locale.ts'
import { rescueBlocks } from './rescue-blocks.ts'

const OLD_LIST = 'agreement'
const TEMPLATES = { kk, ru, en } as const
/** What the template has a heading for. */
const HEADED = ['parties', 'mediator', 'subject', 'obligations', 'performance', 'consequences', 'costs', 'final'] as const satisfies Duty[]

export function convertDocument(doc: Y.Doc, language: Locale): readonly DocumentBlock[] {
  return withParts(rescueBlocks(doc, doc.getXmlFragment(OLD_LIST)), language)
}

/** The words beneath a heading of the template serve its duty, down to the next heading that is no lower; the title's line is the first. */
function withParts(blocks: readonly DocumentBlock[], language: Locale): readonly DocumentBlock[] {
  const texts = TEMPLATES[language]
  let under: { readonly part: Duty; readonly rank: number } | undefined
  return blocks.map((block, index) => {
    const { kind, depth } = block
    if (kind === 'heading') {
      const words = wordsOf(block).trim()
      const part = HEADED.find((duty) => texts[duty] === words)
      if (part) under = { part, rank: depth }
      else if (under && depth <= under.rank) under = undefined
      return block
    }
    const before = blocks[index - 1]
    const isPlaceAndDate = kind === 'paragraph' && before?.kind === 'heading' && wordsOf(before).trim() === texts.title
    return { ...block, part: isPlaceAndDate ? 'place-and-date' : under?.part }
  })
}
