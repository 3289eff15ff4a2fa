// Every word that can be read in a list of a document, whatever stands in it, each in the nearest block: of a document that no device
// should open, and of the nested elements that documents were made of before (clauses in clauses, paragraphs, lists, line breaks).
import * as Y from 'yjs'
import { block, type DocumentBlock, type Run } from '#shared/document/document-block.ts'
import { isAttributeValue, languageOfFragment, MARKS, MAX_DEPTH } from '#shared/document/document-grammar.ts'
import { BLOCK, readBlock, sameMarks } from '#shared/document/yjs-document.ts'
import type { Locale } from '#shared/kernel/locale.ts'

/** What a new document may consist of, so that with its attributes and marks it stays below MAX_PIECES (step-estimate.ts). */
const MAX_BLOCKS = 10_000
const MAX_MARKED_RUNS = 2_000

interface Items {
  readonly _start: Y.Item | null
}

type Line = DocumentBlock & { readonly runs: Run[] }

/** A list on the way to the item that is being read. */
interface Inside {
  next: Y.Item | null
  /** Of the clause around. */
  readonly level: number
  /** `clause`: what comes first is its line. `item`: each paragraph is a line of the point. `blocks`: each makes a block of its own. */
  place: 'blocks' | 'clause' | 'item' | 'line'
  /** Undefined among blocks alone. */
  readonly line: Line | undefined
  /** Of a text: those that are open. */
  readonly marks: Set<string>
}

/** For each language. */
export function repairDocument(doc: Y.Doc): readonly (readonly [Locale, readonly DocumentBlock[]])[] {
  const rescue = new Rescue(doc)
  return [...doc.share].flatMap(([name, list]) => {
    if (!list._start) return [] // asked for, never written
    const language = languageOfFragment(name)
    if (!language) throw new Error('a document of the old form is converted, not repaired')
    return [[language, rescue.blocks(list)] as const]
  })
}

export function rescueBlocks(doc: Y.Doc, list: Items): readonly DocumentBlock[] {
  return new Rescue(doc).blocks(list)
}

/** A walk without recursion, past each item once: in a text made to hurt, elements can stand in one another a thousand deep. */
class Rescue {
  #lines: Line[] = []
  #itemsLeft: number
  #blocksLeft = MAX_BLOCKS
  #markedRunsLeft = MAX_MARKED_RUNS

  constructor({ store }: Y.Doc) {
    this.#itemsLeft = [...store.clients.values()].reduce((sum, { length }) => sum + length, 0)
  }

  /** At least one; each has an id that no other has. */
  blocks(list: Items): readonly DocumentBlock[] {
    this.#lines = []
    this.#walk(list)
    if (this.#lines.length === 0) this.#begin(block('', 'paragraph', 0))
    return withIds(this.#lines)
  }

  #walk({ _start }: Items): void {
    const path: Inside[] = [{ next: _start, level: 0, place: 'blocks', line: undefined, marks: new Set() }]
    for (let inside = path.at(-1); inside; inside = path.at(-1)) {
      const item = inside.next
      if (!item || this.#itemsLeft-- <= 0) {
        path.pop()
        continue
      }
      inside.next = item.right
      if (item.deleted) continue
      const deeper = this.#content(item.content, inside)
      if (deeper) path.push(deeper)
      if (inside.place === 'clause') inside.place = 'blocks'
    }
  }

  #content(content: Y.Item['content'], inside: Inside): Inside | undefined {
    if (content instanceof Y.ContentString) this.#write(this.#lineIn(inside), content.str, inside.marks)
    else if (content instanceof Y.ContentFormat && content.value === null) inside.marks.delete(content.key)
    else if (content instanceof Y.ContentFormat) inside.marks.add(content.key)
    else if (content instanceof Y.ContentType && content.type instanceof Y.XmlText)
      return within(content.type, inside.level, 'line', this.#lineIn(inside))
    else if (content instanceof Y.ContentType && content.type instanceof Y.XmlElement) return this.#element(content.type, inside)
    return undefined
  }

  #element(element: Y.XmlElement, inside: Inside): Inside {
    const { level, place, line } = inside
    switch (element.nodeName) {
      case BLOCK:
        return within(element, level, 'line', this.#begin(readBlock(element)))
      case 'paragraph':
        return within(element, level, 'line', this.#lineIn(inside))
      case 'heading': {
        const isOne = place === 'blocks' && level === 0
        return within(element, level, 'line', isOne ? this.#begin(block('', 'heading', rankOf(element))) : this.#lineIn(inside))
      }
      case 'clause': {
        const deeper = Math.min(level + 1, MAX_DEPTH)
        return within(element, deeper, 'clause', this.#begin(block(idOf(element), 'clause', deeper)))
      }
      case 'listItem':
        if (level > 0) return within(element, level, 'item', this.#begin(block('', 'item', level)))
        break
      case 'hardBreak':
        if (place === 'line') this.#write(line, '\n')
    }
    // Of something else the words are read as if they stood in what is around it.
    return within(element, level, place, line)
  }

  /** Where words go that come next. */
  #lineIn({ place, line, level }: Inside): Line {
    if (!line || place === 'blocks') return this.#begin(block('', 'paragraph', level))
    if (place === 'item' && line.runs.length > 0) this.#write(line, '\n')
    return line
  }

  /** Where there is no room for another block, words go on in the last one. */
  #begin(block: DocumentBlock): Line {
    const last = this.#lines.at(-1)
    if (last && this.#blocksLeft <= 0) {
      if (last.runs.length > 0) this.#write(last, '\n')
      return last
    }
    this.#blocksLeft--
    const line = { ...block, runs: [] }
    this.#lines.push(line)
    return line
  }

  #write(line: Line | undefined, text: string, open?: ReadonlySet<string>): void {
    if (!line) return
    const marks = this.#markedRunsLeft > 0 ? MARKS.filter((mark) => open?.has(mark)) : []
    const last = line.runs.at(-1)
    if (last && sameMarks(last.marks, marks)) {
      line.runs[line.runs.length - 1] = { text: last.text + text, marks }
      return
    }
    if (marks.length > 0) this.#markedRunsLeft--
    line.runs.push({ text, marks })
  }
}

function within({ _start }: Items, level: number, place: Inside['place'], line: Line | undefined): Inside {
  return { next: _start, level, place, line, marks: new Set() }
}

function idOf(clause: Y.XmlElement): string {
  const id: unknown = clause.getAttribute('id')
  return isAttributeValue('id', id) ? String(id) : ''
}

function rankOf(heading: Y.XmlElement): number {
  const rank: unknown = heading.getAttribute('level')
  return rank === 1 || rank === 3 ? rank : 2
}

/** One that is missing, or stands before, is made anew: the same on every machine. */
function withIds(blocks: readonly DocumentBlock[]): readonly DocumentBlock[] {
  const known = new Set(blocks.map(({ id }) => id))
  const given = new Set([''])
  let next = 1
  const fresh = () => {
    while (known.has(`b${next}`)) next++
    return `b${next++}`
  }
  return blocks.map((each) => {
    const id = given.has(each.id) ? fresh() : each.id
    given.add(id)
    return { ...each, id }
  })
}
