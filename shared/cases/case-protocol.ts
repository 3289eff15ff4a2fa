// What a case is: who quarrels about what, with which mediator, in which language they write; and how it begins and ends.
import * as z from 'zod/mini'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { dayField, idField, lineField, localeField, textField } from '#shared/protocol/fields.ts'

export const CASE_CATEGORIES = ['supply', 'loan', 'labour', 'family', 'neighbours', 'consumer', 'other'] as const
export const MAX_SIDES = 6
export const MAX_PEOPLE_PER_SIDE = 5

/** A side's details as the agreement has to name them (law on mediation 21(2)9): IIN or BIN, address. */
const sideField = z.strictObject({
  id: idField<SideId>(),
  kind: z.enum(['person', 'organisation']),
  name: lineField(160),
  details: z.optional(textField(400)),
})

const personField = z.strictObject({
  id: idField<ParticipantId>(),
  name: lineField(120),
  role: z.enum(['party', 'representative']),
  sideId: idField<SideId>(),
  /** The power that a representative acts by, e.g. a power of attorney with its number and date. */
  authority: z.optional(lineField(200)),
  language: localeField,
})

const mediatorField = z.strictObject({
  id: idField<ParticipantId>(),
  name: lineField(120),
  organisation: z.optional(lineField(160)),
  registerNumber: z.optional(lineField(60)),
  language: localeField,
})

/** The agreement to mediate (договор о медиации), art. 20(1), 21: concluded before mediation starts. */
export const agreementToMediateField = z.strictObject({ date: dayField, place: lineField(120) })

export const caseBodyField = z.strictObject({
  title: lineField(120),
  category: z.enum(CASE_CATEGORIES),
  subject: textField(600),
  /** Whether a telephone carries the voice beside the platform. */
  voice: z.enum(['phone', 'text']),
  draftLanguage: localeField,
  agreement: agreementToMediateField,
  mediator: mediatorField,
  sides: z.array(sideField).check(z.minLength(2), z.maxLength(MAX_SIDES)),
  people: z.array(personField).check(z.minLength(2), z.maxLength(MAX_SIDES * MAX_PEOPLE_PER_SIDE)),
})
export type CaseBody = z.output<typeof caseBodyField>
export type Side = z.output<typeof sideField>
export type CasePerson = z.output<typeof personField>
export type CaseMediator = z.output<typeof mediatorField>

export const caseOpen = defineCommand('case:open', { input: caseBodyField })
export const caseOpened = defineEvent('case:opened', 1, caseBodyField)

/** One's own confirmation: the agreement to mediate, the explanation of art. 10(2), the remote form (art. 17(1), 18(3)). All three, or none. */
const confirmationField = z.strictObject({ agreement: z.literal(true), explanation: z.literal(true), remoteForm: z.literal(true) })
export const agreementConfirm = defineCommand('agreement:confirm', { input: confirmationField })
export const agreementConfirmed = defineEvent('agreement:confirmed', 1, confirmationField)

export const sessionStart = defineCommand('session:start', { input: z.strictObject({}) })
export const sessionStarted = defineEvent('session:started', 1, z.strictObject({}))
export const sessionEnd = defineCommand('session:end', { input: z.strictObject({}) })
export const sessionEnded = defineEvent('session:ended', 1, z.strictObject({}))

/** Art. 5(2), 26(1)4: a side may leave at any time; that ends the mediation. */
export const mediationLeave = defineCommand('mediation:leave', { input: z.strictObject({}) })
export const sideLeft = defineEvent('side:left', 1, z.strictObject({ sideId: idField<SideId>() }))

/** The grounds of art. 26(1) that a mediator records; `settled` follows from the signatures, `refused` from a side's leaving. */
export const mediationEnd = defineCommand('mediation:end', {
  input: z.strictObject({ ground: z.enum(['circumstances', 'refused-in-writing', 'expired']) }),
})
export const mediationEnded = defineEvent(
  'mediation:ended',
  1,
  z.strictObject({ ground: z.enum(['settled', 'circumstances', 'refused-in-writing', 'refused', 'expired']) }),
)

const CASE_REASONS = ['cases/already-ended', 'cases/not-confirmed', 'cases/already-in-session', 'cases/not-in-session'] as const
export type CaseReason = (typeof CASE_REASONS)[number]
