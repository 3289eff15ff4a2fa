// The document as plain JSON, and what can be said of it without an editor.

export interface DocumentNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>> | undefined
  readonly content?: readonly DocumentNode[] | undefined
  readonly text?: string | undefined
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> | undefined }[] | undefined
}

export function plainText(node: DocumentNode): string {
  if (node.type === 'hardBreak') return '\n'
  return node.text ?? (node.content ?? []).map(plainText).join('')
}

/** Headings (below the title) with no words beneath them, before the next heading of their own or a higher rank. */
export function emptyHeadings(doc: DocumentNode): readonly string[] {
  const blocks = doc.content ?? []
  const empty: string[] = []
  for (const [index, block] of blocks.entries()) {
    const level = levelOf(block)
    if (level === undefined || level === 1) continue
    const next = blocks.findIndex((other, at) => at > index && (levelOf(other) ?? 9) <= level)
    const beneath = blocks.slice(index + 1, next < 0 ? undefined : next)
    if (!beneath.some((other) => levelOf(other) === undefined && plainText(other).trim() !== '')) empty.push(plainText(block).trim())
  }
  return empty.filter((heading) => heading !== '')
}

function levelOf(block: DocumentNode): number | undefined {
  return block.type === 'heading' ? Number(block.attrs?.level ?? 2) : undefined
}
