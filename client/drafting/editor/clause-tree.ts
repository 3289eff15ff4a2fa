// Where the cursor stands among clauses.
import type { Node, ResolvedPos } from '@tiptap/pm/model'
import { MAX_CLAUSE_DEPTH } from '#shared/document/document-schema.ts'

export interface ClauseAt {
  readonly node: Node
  /** Depth of the clause in the resolved position. */
  readonly depth: number
  /** Before the clause. */
  readonly pos: number
}

/** The innermost clause around a position. */
export function clauseAt($pos: ResolvedPos): ClauseAt | undefined {
  for (let depth = $pos.depth; depth > 0; depth--) {
    const node = $pos.node(depth)
    if (node.type.name === 'clause') return { node, depth, pos: $pos.before(depth) }
  }
  return undefined
}

/** 1 for a clause of the document, 2 for a sub-clause … */
export function levelOf($pos: ResolvedPos, { depth }: ClauseAt): number {
  let level = 0
  for (let d = depth; d > 0; d--) if ($pos.node(d).type.name === 'clause') level++
  return level
}

function clauseDepth(node: Node): number {
  let deepest = 0
  node.forEach((child) => {
    if (child.type.name === 'clause') deepest = Math.max(deepest, clauseDepth(child))
  })
  return deepest + 1
}

export function mayNest(level: number, node: Node): boolean {
  return level + clauseDepth(node) <= MAX_CLAUSE_DEPTH
}

export function isEmptyClause(node: Node): boolean {
  return node.childCount === 1 && node.firstChild?.content.size === 0
}
