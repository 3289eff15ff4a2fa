// What a case is: who quarrels about what, with which mediator, in which language they write; and how it begins and ends.
import * as z from 'zod/mini'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { dayField, idField, localeField } from '#shared/protocol/fields.ts'
import { documentField, lineField, storedLine, storedLines } from '#shared/protocol/text-fields.ts'

export const CASE_CATEGORIES = ['supply', 'loan', 'labour', 'family', 'neighbours', 'consumer', 'other'] as const
export const MAX_SIDES = 6
export const MAX_PEOPLE_PER_SIDE = 5

/** The agreement to mediate (договор о медиации), art. 20(1), 21: concluded before mediation starts. */
export const agreementToMediateField = z.strictObject({ date: dayField, place: lineField(120) })

type Letters = (max: number) => ReturnType<typeof lineField>

/** One shape, twice: as it is taken at the door, and as it was once accepted. */
function caseBody(line: Letters, lines: Letters) {
  /** A side's details as the agreement has to name them (law on mediation 21(2)9): IIN or BIN, address. */
  const side = z.strictObject({
    id: idField<SideId>(),
    kind: z.enum(['person', 'organisation']),
    name: line(160),
    details: z.optional(lines(400)),
  })
  const person = z.strictObject({
    id: idField<ParticipantId>(),
    name: line(120),
    role: z.enum(['party', 'representative']),
    sideId: idField<SideId>(),
    /** The power that a representative acts by, e.g. a power of attorney with its number and date. */
    authority: z.optional(line(200)),
    language: localeField,
  })
  return z.strictObject({
    title: line(120),
    category: z.enum(CASE_CATEGORIES),
    subject: lines(600),
    /** Whether a telephone carries the voice beside the platform. */
    voice: z.enum(['phone', 'text']),
    draftLanguage: localeField,
    agreement: z.strictObject({ date: dayField, place: line(120) }),
    mediator: mediatorOf(line),
    sides: z.array(side).check(z.minLength(2), z.maxLength(MAX_SIDES)),
    people: z.array(person).check(z.minLength(2), z.maxLength(MAX_SIDES * MAX_PEOPLE_PER_SIDE)),
  })
}

function mediatorOf(line: Letters) {
  return z.strictObject({
    id: idField<ParticipantId>(),
    name: line(120),
    organisation: z.optional(line(160)),
    registerNumber: z.optional(line(60)),
    language: localeField,
  })
}

/** What a case takes over from the profile of its mediator. */
export const caseMediatorField = mediatorOf(lineField)
export const storedCaseBody = caseBody(storedLine, storedLines)
export type CaseBody = z.output<typeof storedCaseBody>
export type Side = CaseBody['sides'][number]
export type CasePerson = CaseBody['people'][number]
export type CaseMediator = CaseBody['mediator']

export const caseOpen = defineCommand('case:open', { input: caseBody(lineField, documentField) })
export const caseOpened = defineEvent('case:opened', 1, storedCaseBody)

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
