// What a case is: what the quarrel is about, in which language they write; and how it begins and ends. Its people: `people-protocol.ts`.
import * as z from 'zod/mini'
import type { SideId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { dayField, idField, localeField } from '#shared/protocol/fields.ts'
import { documentField, lineField, storedLine, storedLines } from '#shared/protocol/text-fields.ts'
import { type Letters, openingMediator, openingPerson, personOf, sideOf } from './people-fields.ts'

export const CASE_CATEGORIES = ['supply', 'loan', 'labour', 'family', 'neighbours', 'consumer', 'other'] as const
export const MAX_SIDES = 6
export const MAX_PEOPLE_PER_SIDE = 5
/** Interpreters, experts and those who look on. */
export const MAX_PEOPLE_APART = 10

/** The agreement to mediate (договор о медиации), art. 20(1), 21: concluded before mediation starts. */
export const agreementToMediateField = z.strictObject({ date: dayField, place: lineField(120) })

/** One shape, twice: as it is taken at the door, and as it was once accepted. */
function caseShape(line: Letters, lines: Letters) {
  return {
    title: line(120),
    /** By which the case is found in people's papers. Cases of earlier releases have none. */
    number: z.optional(line(60)),
    category: z.enum(CASE_CATEGORIES),
    subject: lines(600),
    /** Whether a telephone carries the voice beside the platform. */
    voice: z.enum(['phone', 'text']),
    draftLanguage: localeField,
    agreement: z.strictObject({ date: dayField, place: line(120) }),
    /** Conciliation by a judge (CPC, art. 179), who keeps no record of it. Absent: a mediator's. */
    conductedBy: z.optional(z.literal('judge')),
  }
}

function peopleShape(line: Letters, lines: Letters) {
  return {
    mediator: openingMediator(line),
    sides: z.array(sideOf(line, lines)).check(z.minLength(2), z.maxLength(MAX_SIDES)),
    people: z.array(openingPerson(line)).check(z.minLength(2), z.maxLength(MAX_SIDES * MAX_PEOPLE_PER_SIDE)),
  }
}

/** What a case takes over from the profile of its mediator. */
export const caseMediatorField = openingMediator(lineField)

const openingBody = z.strictObject({ ...caseShape(lineField, documentField), ...peopleShape(lineField, documentField) })
/** All that a case is opened with. */
export type CaseBody = z.output<typeof openingBody>
export const caseOpen = defineCommand('case:open', { input: openingBody })

const storedPeople = z.strictObject(peopleShape(storedLine, storedLines))
const openedBody = z.strictObject({
  ...caseShape(storedLine, storedLines),
  /** Only in what version 1 becomes when it is read: there, sides and people stood in this event. Never written. */
  seeded: z.optional(storedPeople),
})
export type OpenedBody = z.output<typeof openedBody>
export const caseOpened = defineEvent('case:opened', 3, openedBody, {
  2: (old) => old,
  1: (old) => {
    const { mediator, sides, people, ...facts } = old as CaseBody // parsed after the upgrade
    return { ...facts, seeded: { mediator, sides, people } }
  },
})

/** The name of the case, which everybody in it sees; what it was stays among the corrections. */
export const titleCorrect = defineCommand('title:correct', { input: z.strictObject({ title: lineField(120) }) })
export const titleCorrected = defineEvent('title:corrected', 1, z.strictObject({ title: storedLine(120) }))

/** The number of the case, which stands at the foot of every paper: only while no text is closed (`shared/drafting/decide-number.ts`). */
export const numberCorrect = defineCommand('number:correct', { input: z.strictObject({ number: lineField(60) }) })
export const numberCorrected = defineEvent('number:corrected', 1, z.strictObject({ number: storedLine(60) }))

/** A case as its mediator's pages get it: how it was opened, and its sides and people as they are now. */
export const caseFactsField = z.strictObject({
  ...caseShape(storedLine, storedLines),
  sides: z.array(sideOf(storedLine, storedLines)),
  people: z.array(z.extend(personOf(storedLine), { endedAt: z.optional(z.int()) })),
})

/** One's own confirmation: the agreement to mediate, the explanation of art. 10(2), the remote form (art. 17(1), 18(3)). All three, or none. */
const confirmationField = z.strictObject({ agreement: z.literal(true), explanation: z.literal(true), remoteForm: z.literal(true) })
export const agreementConfirm = defineCommand('agreement:confirm', { input: confirmationField })
export const agreementConfirmed = defineEvent('agreement:confirmed', 1, confirmationField)

export const sessionStart = defineCommand('session:start', { input: z.strictObject({}) })
export const sessionStarted = defineEvent('session:started', 1, z.strictObject({}))
export const sessionEnd = defineCommand('session:end', { input: z.strictObject({}) })
export const sessionEnded = defineEvent('session:ended', 1, z.strictObject({}))

/** Neutral on purpose: everybody in the case reads it, and nothing about one side follows from any of them. */
export const SUSPENSION_REASONS = ['agreed', 'papers', 'opinion', 'technical', 'other'] as const
const suspension = z.strictObject({ reason: z.enum(SUSPENSION_REASONS), until: z.optional(dayField) })
/** A pause of the mediation itself: a running session ends with it, and none begins before it is resumed. */
export const mediationSuspend = defineCommand('mediation:suspend', { input: suspension })
export const mediationSuspended = defineEvent('mediation:suspended', 1, suspension)
export const mediationResume = defineCommand('mediation:resume', { input: z.strictObject({}) })
export const mediationResumed = defineEvent('mediation:resumed', 1, z.strictObject({}))

/** Art. 5(2), 26(1)4: a side may leave at any time; that ends the mediation. */
export const mediationLeave = defineCommand('mediation:leave', { input: z.strictObject({}) })
export const sideLeft = defineEvent('side:left', 1, z.strictObject({ sideId: idField<SideId>() }))

const ENDING_GROUNDS = ['settled', 'circumstances', 'refused-in-writing', 'refused', 'expired'] as const
export type EndingGround = (typeof ENDING_GROUNDS)[number]

/** The grounds of art. 26(1) that a mediator records; `settled` follows from the signatures alone. */
export const RECORDED_GROUNDS = ['circumstances', 'refused-in-writing', 'refused', 'expired'] as const
/** Art. 26(1)4: the side that will not go on, and has said so by another way than leaving here. */
const refusing = z.optional(idField<SideId>())
export const mediationEnd = defineCommand('mediation:end', {
  input: z.strictObject({ ground: z.enum(RECORDED_GROUNDS), sideId: refusing }),
})
/** By a settlement the case goes on until it is performed; any other ground closes it. */
export const mediationEnded = defineEvent('mediation:ended', 2, z.strictObject({ ground: z.enum(ENDING_GROUNDS), sideId: refusing }), {
  1: (old) => old,
})

/** What was agreed is performed, or there is nothing more to do: nobody writes any more. */
export const caseClose = defineCommand('case:close', { input: z.strictObject({}) })
export const caseClosed = defineEvent('case:closed', 1, z.strictObject({}))

const CASE_REASONS = [
  'cases/already-ended',
  'cases/not-confirmed',
  'cases/already-in-session',
  'cases/not-in-session',
  'cases/not-performing',
  'cases/suspended',
  'cases/not-suspended',
  'cases/side-full', // a side has as many people as a case can hold
  'cases/apart-full', // as many belong to no side as a case can hold
  'cases/minor-alone', // art. 24(3): neither legal representative nor teacher nor psychologist of these is there; details: names
] as const
export type CaseReason = (typeof CASE_REASONS)[number]
