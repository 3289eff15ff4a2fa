import type { DocumentNode } from '#shared/document/document-node.ts'
import { MAX_CLAUSE_DEPTH } from '#shared/document/document-schema.ts'
import type { PastedBlock } from './pasted-blocks.ts'

interface Open {
  readonly level: number
  readonly content: DocumentNode[]
}

/** Nests the flat list: each clause in the nearest earlier one of a higher level, points of a list in the clause before them. */
export function documentOf(blocks: readonly PastedBlock[]): readonly DocumentNode[] {
  const top: DocumentNode[] = []
  let open: Open[] = []
  for (const { kind, level, inline } of blocks) {
    const words: DocumentNode = inline.length > 0 ? { type: 'paragraph', content: inline } : { type: 'paragraph' }
    if (kind === 'clause') {
      open = open.filter((clause) => clause.level < level).slice(0, MAX_CLAUSE_DEPTH - 1)
      const content: DocumentNode[] = [words]
      ;(open.at(-1)?.content ?? top).push({ type: 'clause', content })
      open.push({ level, content })
    } else if (kind === 'item' && open.length > 0) addItem(open.at(-1)?.content ?? top, words)
    else {
      open = []
      top.push(kind === 'heading' ? { type: 'heading', attrs: { level: 2 }, content: inline } : words)
    }
  }
  return top
}

function addItem(content: DocumentNode[], words: DocumentNode): void {
  const item: DocumentNode = { type: 'listItem', content: [words] }
  const last = content.at(-1)
  if (last?.type === 'bulletList') content[content.length - 1] = { ...last, content: [...(last.content ?? []), item] }
  else content.push({ type: 'bulletList', content: [item] })
}
