// Writes Yjs updates (V1) byte by byte, as no client of ours would: whatever a struct can say, true or not.
import { fragmentName } from '#shared/document/document-grammar.ts'
import { block, varUint } from '#shared/drafting/byte-cursor.ts'
import { concat, utf8 } from '#shared/kernel/bytes.ts'
import type { StructId } from '../update-scan.ts'

export type WrittenContent =
  | { readonly kind: 'collected' | 'deleted'; readonly length: number }
  | { readonly kind: 'letters'; readonly text: string }
  | { readonly kind: 'mark'; readonly name: string; readonly json: string }
  | { readonly kind: 'element'; readonly name: string }
  | { readonly kind: 'text' }
  | { readonly kind: 'values'; readonly values: readonly (string | number)[] }

export interface WrittenStruct {
  readonly left?: StructId | undefined
  readonly right?: StructId | undefined
  /** Written only when there is neither left nor right. A text: the name of a root. */
  readonly parent?: StructId | string | undefined
  readonly attribute?: string | undefined
  readonly content: WrittenContent
}

interface WrittenUpdate {
  readonly client: number
  readonly from: number
  readonly structs: readonly WrittenStruct[]
  readonly deletes?: readonly { readonly client: number; readonly from: number; readonly length: number }[]
}

export function writeUpdate({ client, from, structs, deletes = [] }: WrittenUpdate): Uint8Array {
  const run =
    structs.length > 0 ? [varUint(1), varUint(structs.length), varUint(client), varUint(from), ...structs.map(struct)] : [varUint(0)]
  const ranges = deletes.map((range) => concat(varUint(range.client), varUint(1), varUint(range.from), varUint(range.length)))
  return concat(...run, varUint(ranges.length), ...ranges)
}

/** The list of blocks in the language of the tests. */
export const LIST = fragmentName('ru')

function struct({ left, right, parent = LIST, attribute, content }: WrittenStruct): Uint8Array {
  if (content.kind === 'collected') return concat(Uint8Array.of(0), varUint(content.length))
  const info = refOf(content) | (left ? 0x80 : 0) | (right ? 0x40 : 0) | (attribute === undefined ? 0 : 0x20)
  const place = left || right ? [] : [typeof parent === 'string' ? concat(varUint(1), text(parent)) : concat(varUint(0), id(parent))]
  const key = left || right || attribute === undefined ? [] : [text(attribute)]
  return concat(Uint8Array.of(info), ...(left ? [id(left)] : []), ...(right ? [id(right)] : []), ...place, ...key, bytesOf(content))
}

function refOf({ kind }: WrittenContent): number {
  return { collected: 0, deleted: 1, letters: 4, mark: 6, element: 7, text: 7, values: 8 }[kind]
}

function bytesOf(content: WrittenContent): Uint8Array {
  switch (content.kind) {
    case 'collected':
    case 'deleted':
      return varUint(content.length)
    case 'letters':
      return text(content.text)
    case 'mark':
      return concat(text(content.name), text(content.json))
    case 'element':
      return concat(varUint(3), text(content.name))
    case 'text':
      return varUint(6)
    case 'values':
      return concat(varUint(content.values.length), ...content.values.map(value))
  }
}

function value(of: string | number): Uint8Array {
  return typeof of === 'string' ? concat(Uint8Array.of(119), text(of)) : Uint8Array.of(125, of & 0x3f)
}

export function lengthOf(content: WrittenContent): number {
  if (content.kind === 'letters') return content.text.length
  return 'length' in content ? content.length : content.kind === 'values' ? content.values.length : 1
}

function id({ client, clock }: StructId): Uint8Array {
  return concat(varUint(client), varUint(clock))
}

function text(of: string): Uint8Array {
  return block(utf8(of))
}
