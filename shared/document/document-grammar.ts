// What may stand where in a shared text, for judging an edit before any device opens it. A text is a flat list of blocks, each a line of
// attributes and one run of letters: structure is in the attributes alone, so that no change of it moves or destroys anybody's words,
// and whatever edits meet, what comes of it can be read.
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'

/** A kind of place in the tree: a language's list of blocks, a block, its letters. */
const NODE_KINDS = ['root', 'block', 'text'] as const
export type NodeKind = (typeof NODE_KINDS)[number]

export const BLOCK_KINDS = ['heading', 'paragraph', 'clause', 'item'] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/** What the law on mediation, art. 27(2), demands of a settlement: which of it a block serves. */
export const DUTIES = [
  'parties',
  'mediator',
  'subject',
  'obligations',
  'performance',
  'consequences',
  'place-and-date',
  'costs',
  'final',
] as const
export type Duty = (typeof DUTIES)[number]

/** Clauses within clauses: as deep as an agreement can be signed. */
export const MAX_DEPTH = 6

export const MARKS = ['bold', 'italic'] as const
export type Mark = (typeof MARKS)[number]

export const ATTRIBUTES = ['id', 'kind', 'depth', 'part', 'continues'] as const
export type Attribute = (typeof ATTRIBUTES)[number]

const CHILD_OF: Readonly<Record<NodeKind, NodeKind | undefined>> = { root: 'block', block: 'text', text: undefined }
const BLOCK_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Name of a language's list of blocks inside the Yjs document. Blocks of one meaning have the same id in each. */
export function fragmentName(language: Locale): string {
  return `text-${language}`
}

export function languageOfFragment(name: string): Locale | undefined {
  return LOCALES.find((language) => fragmentName(language) === name)
}

export function mayContain(parent: NodeKind, child: NodeKind): boolean {
  return CHILD_OF[parent] === child
}

export function mayHave(node: NodeKind, _attribute: Attribute): boolean {
  return node === 'block'
}

export function isAttributeValue(attribute: Attribute, value: unknown): boolean {
  switch (attribute) {
    case 'id':
    case 'continues':
      return typeof value === 'string' && BLOCK_ID.test(value)
    case 'kind':
      return BLOCK_KINDS.some((kind) => kind === value)
    case 'depth':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_DEPTH
    case 'part':
      return DUTIES.some((duty) => duty === value)
  }
}
