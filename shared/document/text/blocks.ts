// The canonical text as blocks, and as lines: the one grammar behind screen, PDF, agreement.txt and the digest (docs/spec/signing-documents.md).
// Every block's first characters say what it is, and no text can imitate them: text never begins with a space, and plain text
// never stands in the first column. So blocks → text → blocks gives the same blocks, and two agreements that read differently differ in bytes.

export const TEXT_HEADER = 'Bitim text 1'

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly lines: readonly string[] }
  /** The first paragraph of a clause; `number` is its place, [2, 1] for 2.1. */
  | { readonly kind: 'clause'; readonly number: readonly number[]; readonly lines: readonly string[] }
  /** depth 0: outside clauses; n: within a clause of that depth. */
  | { readonly kind: 'paragraph'; readonly depth: number; readonly lines: readonly string[] }
  | { readonly kind: 'item'; readonly depth: number; readonly lines: readonly string[] }

export function clauseNumber(number: readonly number[]): string {
  return `${number.join('.')}.`
}

/** The canonical text: header, blocks divided by an empty line, a line feed at the end. */
export function renderBlocks(blocks: readonly Block[]): string {
  return `${[TEXT_HEADER, ...blocks.map(renderBlock)].join('\n\n')}\n`
}

function renderBlock(block: Block): string {
  const lead = leadOf(block)
  return block.lines.map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line).join('\n')
}

function leadOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} `
    case 'clause':
      return `${clauseNumber(block.number)} `
    case 'paragraph':
      return ' '.repeat(2 * (block.depth + 1)) // even: a paragraph
    case 'item':
      return `${' '.repeat(2 * block.depth + 1)}• ` // odd: an item
  }
}

/** Reads a canonical text back; undefined for anything that `renderBlocks` would not have written, to the byte. */
export function parseBlocks(text: string): Block[] | undefined {
  const [header, ...rest] = text.replace(/\n$/, '').split('\n\n')
  if (header !== TEXT_HEADER) return undefined
  const blocks: Block[] = []
  for (const source of rest) {
    const block = parseBlock(source)
    if (!block) return undefined
    blocks.push(block)
  }
  return inOrder(blocks) && renderBlocks(blocks) === text ? blocks : undefined
}

function parseBlock(source: string): Block | undefined {
  const lines = source.split('\n')
  const match = /^(?:(#{1,3}) |((?:[1-9]\d{0,4}\.){1,6}) |( +)(• )?)(?=\S)/.exec(lines[0] ?? '')
  if (!match) return undefined
  const [, heading, number, spaces = '', bullet = ''] = match
  const odd = spaces.length % 2 === 1
  if (odd && !bullet) return undefined
  // After an even indentation a bullet is the paragraph's own first character.
  const lead = match[0].length - (odd ? 0 : bullet.length)
  const texts = lines.map((line) => line.slice(lead))
  if (texts.some((line) => line === '' || line.trim() !== line)) return undefined
  if (heading) return { kind: 'heading', level: heading.length as 1 | 2 | 3, lines: texts } // the pattern allows 1 to 3
  if (number) return { kind: 'clause', number: number.slice(0, -1).split('.').map(Number), lines: texts }
  if (odd) return { kind: 'item', depth: (spaces.length - 1) / 2, lines: texts }
  return { kind: 'paragraph', depth: spaces.length / 2 - 1, lines: texts }
}

/** Clauses count on without a gap, and nothing stands deeper than the clause it belongs to. */
function inOrder(blocks: readonly Block[]): boolean {
  let counters: number[] = []
  let depth = 0
  for (const block of blocks) {
    if (block.kind === 'heading') {
      depth = 0
    } else if (block.kind === 'clause') {
      const level = block.number.length
      if (level > depth + 1) return false
      counters = counters.slice(0, level)
      counters[level - 1] = (counters[level - 1] ?? 0) + 1
      if (counters.join('.') !== block.number.join('.')) return false
      depth = level
    } else {
      if (block.depth > depth || (block.kind === 'item' && block.depth === 0)) return false
      depth = block.depth
    }
  }
  return blocks.length > 0
}
