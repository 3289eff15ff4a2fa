// A mediator's half-filled forms for new cases: kept by the server until the case is opened, for that account alone. What stands in them
// is judged when the case is opened; here it only has to fit.
import * as z from 'zod/mini'
import type { UnfinishedId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { unfinishedField } from '#shared/protocol/text-fields.ts'
import { CASE_CATEGORIES, MAX_PEOPLE_PER_SIDE, MAX_SIDES } from './case-protocol.ts'
import { sideRoleField } from './people-fields.ts'

const unfinishedPerson = z.strictObject({
  name: unfinishedField(120),
  role: sideRoleField,
  authority: unfinishedField(200),
  language: localeField,
  phone: unfinishedField(60),
  minor: z.optional(z.boolean()),
  email: unfinishedField(254),
})

const unfinishedSide = z.strictObject({
  kind: z.enum(['person', 'organisation']),
  name: unfinishedField(160),
  details: unfinishedField(400),
  people: z.array(unfinishedPerson).check(z.minLength(1), z.maxLength(MAX_PEOPLE_PER_SIDE)),
})

const unfinishedCase = z.strictObject({
  title: unfinishedField(120),
  number: unfinishedField(60),
  category: z.enum([...CASE_CATEGORIES, '']),
  subject: unfinishedField(600),
  voice: z.enum(['phone', 'text']),
  draftLanguage: localeField,
  date: unfinishedField(10),
  place: unfinishedField(120),
  byJudge: z.optional(z.boolean()),
  sides: z.array(unfinishedSide).check(z.minLength(2), z.maxLength(MAX_SIDES)),
})
export type UnfinishedCase = z.output<typeof unfinishedCase>

/** Of one account at a time. */
export const MAX_UNFINISHED = 20
/** After the last change. */
export const UNFINISHED_DAYS = 90

const one = { unfinishedId: idField<UnfinishedId>() }
const version = z.int().check(z.nonnegative())

/** The one that was changed last first. */
export const unfinishedList = defineRoute({
  method: 'GET',
  path: '/api/unfinished-cases',
  auth: 'staff',
  input: z.strictObject({}),
  answer: z.strictObject({
    unfinished: z.array(z.strictObject({ id: idField<UnfinishedId>(), title: z.string(), sides: z.array(z.string()), savedAt: z.int() })),
  }),
})
export type UnfinishedLine = z.output<typeof unfinishedList.answer>['unfinished'][number]

export const unfinishedLook = defineRoute({
  method: 'GET',
  path: '/api/unfinished-cases/:unfinishedId',
  auth: 'staff',
  input: z.strictObject(one),
  answer: z.strictObject({ form: unfinishedCase, version, savedAt: z.int() }),
})

/** `version`: the one that was changed, 0 for a new form; its id is made by the device. Saving the same again is harmless. */
export const unfinishedSave = defineRoute({
  method: 'PUT',
  path: '/api/unfinished-cases/:unfinishedId',
  auth: 'staff',
  input: z.strictObject({ ...one, version, form: unfinishedCase }),
  answer: z.strictObject({ version, savedAt: z.int() }),
})

export const unfinishedRemove = defineRoute({
  method: 'DELETE',
  path: '/api/unfinished-cases/:unfinishedId',
  auth: 'staff',
  input: z.strictObject(one),
  answer: z.strictObject({}),
})

/** Reasons of these routes. */
const UNFINISHED_REASONS = [
  'cases/too-many-unfinished', // conflict: open or delete one first
  'cases/unfinished-gone', // not-found: there is none, it was opened or deleted, or it is not this account's
  'cases/changed-elsewhere', // conflict: another tab or device has saved this form since
] as const
export type UnfinishedReason = (typeof UNFINISHED_REASONS)[number]
