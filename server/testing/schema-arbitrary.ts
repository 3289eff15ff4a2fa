// Inputs for any command or route from its own schema: well-typed ones out of given words, and ill-typed ones at every place.
import fc from 'fast-check'
import * as z from 'zod/mini'
import { ID_PATTERN } from '#shared/kernel/ids.ts'
import type { Schema } from '#shared/protocol/define.ts'

interface Definition {
  readonly type: string
  readonly shape?: Readonly<Record<string, Schema>>
  readonly element?: Schema
  readonly innerType?: Schema
  readonly options?: readonly Schema[]
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly (string | number | boolean)[]
}

const definitionOf = (schema: Schema) => (schema as unknown as { _zod: { def: Definition } })._zod.def // how zod 4 describes a schema to tools

const NUMBERS = [0, 1, 2, 3, 7, 60, 1_000, 1_790_000_000_000]
/** For fields that no word of a test's own fits. */
const WORDS = [
  'text',
  'all',
  'message:post',
  '123456',
  '2026-11-22',
  'a@example.kz',
  '+77010004112',
  '2.1',
  'U+202E',
  'AAAA',
  'correct horse battery',
  '1234 5678 9012',
  'f'.repeat(64),
  'n'.repeat(22),
  's'.repeat(32),
  'n'.repeat(43),
  'case',
  '2026-11-20',
  'n'.repeat(86),
  'thumbnail',
  'Asia/Almaty',
]

/** Values that fit the schema, texts taken from `words` wherever one of them fits. */
export function fitting(schema: Schema, words: readonly string[]): fc.Arbitrary<unknown> {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'object': {
      const entries = Object.entries(definition.shape ?? {}).map(([name, inner]) => [name, fitting(inner, words)] as const)
      return fc.record(Object.fromEntries(entries)).map(withoutUndefined)
    }
    case 'array':
      return definition.element ? fc.array(fitting(definition.element, words), { minLength: 0, maxLength: 3 }) : fc.constant([])
    case 'optional':
      return definition.innerType ? fc.oneof(fc.constant(undefined), fitting(definition.innerType, words)) : fc.constant(undefined)
    case 'union':
      return fc.oneof(...(definition.options ?? []).map((option) => fitting(option, words)))
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries ?? {}))
    case 'literal':
      return fc.constantFrom(...(definition.values ?? []))
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'int':
    case 'number':
      return among(schema, NUMBERS)
    case 'string':
      return among(schema, wordsFor(schema, words))
    default:
      return fc.constantFrom<unknown>(null, 'text', {}, [])
  }
}

/** What people write freely is never an id or the name of a room: their own words, sent back to them, would look like something told. */
function wordsFor(schema: Schema, words: readonly string[]): readonly string[] {
  if (fits(schema, 'free words')) return [...words.filter((word) => !ID_PATTERN.test(word) && !ROOM_NAME.test(word)), 'free words']
  return words.some((word) => fits(schema, word)) ? words : [...words, ...WORDS]
}

const ROOM_NAME = /^(?:side|direct|self|signers|room):/

function fits(schema: Schema, value: unknown): boolean {
  return z.safeParse(schema, value).success
}

function among(schema: Schema, values: readonly unknown[]): fc.Arbitrary<unknown> {
  const good = values.filter((value) => fits(schema, value))
  return good.length > 0 ? fc.constantFrom(...good) : fc.constant(values[0])
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}

export interface Leaf {
  readonly path: string
  readonly schema: Schema
}

/** Every place of a schema where a text can stand, keys of records aside. */
export function stringLeaves(schema: Schema, path = ''): readonly Leaf[] {
  const { type, shape, element, innerType, options } = definitionOf(schema)
  if (type === 'string') return [{ path, schema }]
  return [
    ...Object.entries(shape ?? {}).flatMap(([name, inner]) => stringLeaves(inner, path === '' ? name : `${path}.${name}`)),
    ...(element ? stringLeaves(element, `${path}.0`) : []),
    ...(innerType ? stringLeaves(innerType, path) : []),
    ...(options ?? []).flatMap((option) => stringLeaves(option, path)),
  ]
}

/** What people with bad intentions put where a text, a number or anything belongs. */
export const HOSTILE: readonly unknown[] = [
  { $gt: '' },
  { $ne: null },
  { $where: 'sleep(1000)' },
  { $regex: '.*' },
  ['$in', ['a']],
  { toString: 'x', constructor: { prototype: {} } },
  JSON.parse('{"__proto__":{"admin":true}}'),
  "'; DROP TABLE log_event; --",
  '" OR 1=1 --',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '#{7*7}<%= 7*7 %>',
  '../../etc/passwd',
  '%00%0a%0d',
  '\u202Eتوافق',
  'zero\u200Bwidth',
  'nul\0byte',
  '\ud800',
  'ұ'.repeat(5_000),
  '',
  ' ',
  null,
  true,
  -1,
  1.5,
  Number.MAX_SAFE_INTEGER + 2,
  1e308,
  [],
  {},
  [[[[[[]]]]]],
]

/** A fitting input with one place, at any depth, replaced by something hostile; and some with a field too many. */
export function unfitting(schema: Schema, words: readonly string[]): fc.Arbitrary<unknown> {
  return fc.tuple(fitting(schema, words), fc.constantFrom(...HOSTILE), fc.nat(1_000)).map(([value, hostile, pick]) => {
    const places = placesIn(value)
    const place = places[pick % (places.length + 1)]
    return place ? replaced(value, place, hostile) : { ...(value as object), [`extra${pick}`]: hostile, $where: '1' }
  })
}

/** One fitting value for each choice that the schema leaves, every optional part present. */
export function wholes(schema: Schema): readonly unknown[] {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case 'object': {
      const parts = Object.entries(definition.shape ?? {}).map(([name, inner]) => [name, wholes(inner)] as const)
      const most = Math.max(1, ...parts.map(([, values]) => values.length))
      return Array.from({ length: most }, (_, at) => Object.fromEntries(parts.map(([name, values]) => [name, values[at] ?? values[0]])))
    }
    case 'array': {
      const [element] = definition.element ? wholes(definition.element) : []
      const lists = [1, 2, 3].map((length) => Array.from({ length }, () => element))
      return lists.filter((list) => fits(schema, list)).slice(0, 1)
    }
    case 'optional':
      return definition.innerType ? wholes(definition.innerType) : []
    case 'union':
      return (definition.options ?? []).flatMap(wholes)
    case 'enum':
      return Object.values(definition.entries ?? {}).slice(0, 1)
    case 'literal':
      return definition.values ?? []
    case 'boolean':
      return [true]
    case 'int':
    case 'number':
      return NUMBERS.filter((each) => fits(schema, each)).slice(0, 1)
    case 'string':
      return WORDS.filter((each) => fits(schema, each)).slice(0, 1)
    default:
      return [null]
  }
}

export type Place = readonly (string | number)[]

/** Where texts stand in a value. */
export function textPlaces(value: unknown): readonly Place[] {
  return placesIn(value).filter((place) => typeof place.reduce<unknown>((at, key) => Reflect.get(Object(at), key), value) === 'string')
}

function placesIn(value: unknown, here: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return here.length > 0 ? [here] : []
  const inner = Object.entries(value).flatMap(([key, each]) => placesIn(each, [...here, Array.isArray(value) ? Number(key) : key]))
  return here.length > 0 ? [here, ...inner] : inner
}

export function replaced(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by
  const copy: Record<string | number, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) } // indexed below by keys that are there
  copy[key] = replaced(copy[key], rest, by)
  return copy
}
