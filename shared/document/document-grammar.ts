// What may stand where in a draft, without an editor: the schema's content rules by kind, for judging an edit before any device opens it.
// How many children an element must have is not said here: two honest edits at once can leave a clause without its words.

/** A kind of place in the tree: the root, an element by its name, or a run of letters. */
export const KINDS = ['root', 'paragraph', 'heading', 'clause', 'bulletList', 'listItem', 'hardBreak', 'text'] as const
export type Kind = (typeof KINDS)[number]

const CHILDREN: Readonly<Record<Kind, readonly Kind[]>> = {
  root: ['paragraph', 'heading', 'clause'],
  paragraph: ['text', 'hardBreak'],
  heading: ['text', 'hardBreak'],
  clause: ['paragraph', 'bulletList', 'clause'],
  bulletList: ['listItem'],
  listItem: ['paragraph'],
  hardBreak: [],
  text: [],
}

export const ATTRIBUTES = ['id', 'level'] as const
export type Attribute = (typeof ATTRIBUTES)[number]

const ATTRIBUTES_OF: Partial<Readonly<Record<Kind, readonly Attribute[]>>> = { heading: ['level'], clause: ['id'] }

/** Clauses within clauses: as deep as an agreement can be signed. Everything else ends by the table above. */
export const MAX_CLAUSES_DEEP = 6

const CLAUSE_ID = /^[A-Za-z0-9_-]{1,64}$/

export function mayContain(parent: Kind, child: Kind): boolean {
  return CHILDREN[parent].includes(child)
}

export function mayHave(element: Kind, attribute: Attribute): boolean {
  return ATTRIBUTES_OF[element]?.includes(attribute) ?? false
}

export function isAttributeValue(attribute: Attribute, value: unknown): boolean {
  switch (attribute) {
    case 'id':
      return typeof value === 'string' && CLAUSE_ID.test(value)
    case 'level':
      return value === 1 || value === 2 || value === 3
  }
}
