// What travels as an opaque field (ids, hashes, tokens, names of commands) has a length and a set of characters, everywhere.

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { RULES } from '#server/catalogue.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { fitting, type Leaf, stringLeaves } from '#server/testing/schema-arbitrary.ts'
import { caretMove, draftJoinRequest } from '#shared/drafting/draft-wire.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import type { Schema } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { commandEnvelope, handshakeAuth, resumeRequest, tokenField } from '#shared/protocol/wire.ts'

/** Far above any text that a person writes in one field. */
const TOO_LONG = 150_000
const BROKEN = ['\0', '\ud800', '\udfff']
const MARKS = [...BROKEN, '\u202e', '\u2800', 'ұ', '"', '\n']
const PEOPLES_WORDS = ['Қазақша сөз бен саны 12', 'Айгүл Серік-қызы', 'а@б.қаз']

let all: readonly (readonly [string, Schema])[]
beforeAll(async () => {
  const wire = { commandEnvelope, handshakeAuth, resumeRequest, tokenField, draftJoinRequest, caretMove }
  all = [
    ...Object.entries(wire).map(([name, schema]) => [name, schema as Schema] as const), // z.output is of no interest here
    ...RULES.map((rule) => [rule.command.name, rule.command.input] as const),
    ...(await allRoutes()).map((route) => [`${route.method} ${route.path}`, route.input] as const),
  ]
})

const fits = ({ schema }: Leaf, text: string) => z.safeParse(schema, text).success
/** Where people's own words belong; which characters pass in those says the table of characters. */
const isForWords = (leaf: Leaf) => PEOPLES_WORDS.some((words) => fits(leaf, words))

function samplesOf({ schema }: Leaf): readonly string[] {
  return fc.sample(fitting(schema, []), { numRuns: 8, seed: 4 }).filter((each): each is string => z.safeParse(schema, each).success)
}

function problemOf(work: () => unknown): Problem | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof AppError) return error.problem
    throw error
  }
}

describe('opaque fields', () => {
  it('[HAR-50] no text of any command, route or frame is without a bound', () => {
    const endless = all.flatMap(([name, schema]) =>
      stringLeaves(schema).flatMap((leaf) => {
        const grown = ['x'.repeat(TOO_LONG), '1'.repeat(TOO_LONG), ...samplesOf(leaf).map((text) => text.padEnd(TOO_LONG, text || 'x'))]
        return grown.some((text) => fits(leaf, text)) ? [`${name} ${leaf.path}`] : []
      }),
    )
    expect(endless).toEqual([])
  })

  it('[HAR-50] a field that is for no words takes no NUL, no half a surrogate pair, no blank and no letter beyond its own', () => {
    const open: string[] = []
    let seen = 0
    for (const [name, schema] of all) {
      for (const leaf of stringLeaves(schema).filter((each) => !isForWords(each))) {
        const samples = samplesOf(leaf)
        expect(samples.length, `${name} ${leaf.path} has no sample`).toBeGreaterThan(0)
        seen++
        const passing = samples
          .flatMap((text) => MARKS.flatMap((mark) => [`${text}${mark}x`, `x${mark}${text}`, text.slice(0, 1) + mark + text.slice(1)]))
          .map((text) => z.safeParse(leaf.schema, text).data) // what may be dropped (blanks in a telephone number) does no harm
          .find((data) => typeof data === 'string' && MARKS.some((mark) => data.includes(mark)))
        if (passing !== undefined) open.push(`${name} ${leaf.path} ${JSON.stringify(passing)}`)
      }
    }
    expect(open).toEqual([])
    expect(seen).toBeGreaterThan(60)
  })

  it('[HAR-50] what a device claims to have seen is a digest or nothing, and the faulty field is named', () => {
    const envelope = (hash: unknown, name: unknown = 'message:post') => ({
      id: 'n'.repeat(22),
      name,
      input: {},
      seen: { audience: 'all', epoch: 1, seq: 0, hash },
    })
    for (const hash of ['', 'a'.repeat(43)]) expect(problemOf(() => safeParse(commandEnvelope, envelope(hash)))).toBeUndefined()
    for (const hash of ['a\0', '\ud800', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(43)}\n`, {}, null])
      expect(problemOf(() => safeParse(commandEnvelope, envelope(hash)))).toEqual({ kind: 'invalid', field: 'seen.hash' })
    for (const name of ['', 'message', 'message:', 'a\0:b', '__proto__', 'message:post\n', 'Message:Post', `a:${'b'.repeat(64)}`])
      expect(problemOf(() => safeParse(commandEnvelope, envelope('', name)))).toEqual({ kind: 'invalid', field: 'name' })
  })

  it('[HAR-51] a password or an address with NUL or half a surrogate pair is refused at its field: two of them would be one', () => {
    const fields = all.flatMap(([name, schema]) =>
      stringLeaves(schema)
        .filter(({ path }) => /password|login|email/i.test(path))
        .map((leaf) => [`${name} ${leaf.path}`, leaf] as const),
    )
    expect(fields.length).toBeGreaterThan(3)
    for (const [name, leaf] of fields) for (const mark of BROKEN) expect(fits(leaf, `horse${mark}battery@example.kz`), name).toBe(false)
  })
})
