// Yjs updates (V1) that no editor of ours writes, byte by byte: what a hostile program could have stored in a draft.
import { fragmentName } from '#shared/document/document-grammar.ts'
import { block, varUint } from '#shared/drafting/byte-cursor.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'

type Id = readonly [client: number, clock: number]

const KEY = 0x20
const STRING = 4
const FORMAT = 6
const TYPE = 7
const ANY = 8
const XML_ELEMENT = 3
const XML_TEXT = 6

export const element = (name: string) => ({ kind: TYPE, bytes: concat(varUint(XML_ELEMENT), block(utf8(name))), length: 1 })
export const text = { kind: TYPE, bytes: varUint(XML_TEXT), length: 1 }
const typeOfKind = (kind: number) => ({ kind: TYPE, bytes: varUint(kind), length: 1 })
export const letters = (words: string) => ({ kind: STRING, bytes: block(utf8(words)), length: words.length })
export const format = (name: string, json: string) => ({
  kind: FORMAT,
  bytes: concat(block(utf8(name)), block(utf8(json))),
  length: 1,
})
/** `true`, as lib0 writes any value. */
export const truth = { kind: ANY, bytes: Uint8Array.of(1, 120), length: 1 }
const shortString = (words: string) => ({ kind: ANY, bytes: concat(Uint8Array.of(1, 119), block(utf8(words))), length: 1 })

interface Content {
  readonly kind: number
  readonly bytes: Uint8Array
  readonly length: number
}

/** One author's structs, each the first child (or an attribute) of its parent. */
export class HostileEdit {
  readonly #client: number
  readonly #from: number
  readonly #structs: Uint8Array[] = []
  #clock: number

  constructor(client: number, from = 0) {
    this.#client = client
    this.#from = from
    this.#clock = from
  }

  /** Answers the new struct's id, to be the next one's parent. */
  put(content: Content, into: Id | 'root' = 'root', attribute?: string, root = fragmentName('ru')): Id {
    const id: Id = [this.#client, this.#clock]
    const parent = into === 'root' ? concat(varUint(1), block(utf8(root))) : concat(varUint(0), ...into.map(varUint))
    const key = attribute === undefined ? new Uint8Array() : block(utf8(attribute))
    this.#structs.push(concat(Uint8Array.of(content.kind | (attribute === undefined ? 0 : KEY)), parent, key, content.bytes))
    this.#clock += content.length
    return id
  }

  bytes(): Uint8Array {
    const header = [1, this.#structs.length, this.#client, this.#from].map(varUint)
    return concat(...header, ...this.#structs, varUint(0))
  }
}

const AUTHOR = 77_777

function one(build: (edit: HostileEdit) => void): Uint8Array {
  const edit = new HostileEdit(AUTHOR)
  build(edit)
  return edit.bytes()
}

/** By what is wrong with it. Each ends with something that no reader of our texts knows. */
export const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  'a text directly in the list': one((edit) => edit.put(text)),
  'a value in the list': one((edit) => edit.put(truth)),
  'letters in the list': one((edit) => edit.put(letters('abc'))),
  'an element as an attribute': one((edit) => edit.put(element('block'), edit.put(element('block')), 'kind')),
  'a text as an attribute': one((edit) => edit.put(text, edit.put(element('block')), 'id')),
  'a value that is none of the attribute': one((edit) => edit.put(shortString('chapter'), edit.put(element('block')), 'kind')),
  'an unknown attribute': one((edit) => edit.put(shortString('x'), edit.put(element('block')), 'onclick')),
  'letters in a block': one((edit) => edit.put(letters('abc'), edit.put(element('block')))),
  'two texts in a block': one((edit) => {
    const at = edit.put(element('block'))
    edit.put(text, at)
    edit.put(text, at)
  }),
  'a value in a text': one((edit) => edit.put(truth, edit.put(text, edit.put(element('block'))))),
  'an element in a text': one((edit) => edit.put(element('block'), edit.put(text, edit.put(element('block'))))),
  'an unknown mark': one((edit) => {
    const words = edit.put(text, edit.put(element('block')))
    edit.put(letters('abc'), words)
    edit.put(format('link', '{}'), words)
  }),
  'an unknown element': one((edit) => edit.put(element('image'))),
  'an element named like something of every object': one((edit) => edit.put(element('constructor'))),
  'an element of the nested form': one((edit) => edit.put(element('clause'))),
  'an array in the list': one((edit) => edit.put(typeOfKind(0))),
  'a fragment in the list': one((edit) => edit.put(typeOfKind(4))),
  'a hook in the list': one((edit) => edit.put({ kind: TYPE, bytes: concat(varUint(5), block(utf8('x'))), length: 1 })),
  'a block in a block': one((edit) => edit.put(element('block'), edit.put(element('block')))),
  'a list of another name': one((edit) => edit.put(element('block'), 'root', undefined, 'agreement')),
  'blocks nested 1,500 deep': one((edit) => {
    let at = edit.put(element('block'))
    for (let depth = 1; depth < 1_500; depth++) at = edit.put(element('block'), at)
  }),
}
