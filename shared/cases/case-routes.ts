// A mediator's cases over HTTP: opening one, and the list. Everything inside a case goes over its socket.
import * as z from 'zod/mini'
import { emailField, phoneField } from '#shared/identity/identity-fields.ts'
import type { AccountId, CaseId, CommandId, InvitationId, ParticipantId, SideId, UnfinishedId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { documentField, lineField } from '#shared/protocol/text-fields.ts'
import { agreementToMediateField, CASE_CATEGORIES, caseFactsField, MAX_PEOPLE_PER_SIDE, MAX_SIDES } from './case-protocol.ts'
import { addedRoleField, correctable, sideRoleField } from './people-fields.ts'
import { CASE_PHASES } from './phases.ts'

/** People as the mediator enters them; telephone and e-mail stay with the invitation, for the mediator alone. */
const newPersonShape = {
  ...correctable(lineField),
  role: sideRoleField,
  phone: z.optional(phoneField),
  email: z.optional(emailField),
}
export const newPerson = z.strictObject(newPersonShape)
export type NewPerson = z.output<typeof newPerson>

/** Somebody who comes into a running case, in whatever role. */
export const addedPerson = z.strictObject({ ...newPersonShape, role: addedRoleField })
export type AddedPerson = z.output<typeof addedPerson>

const newSide = z.strictObject({
  kind: z.enum(['person', 'organisation']),
  name: lineField(160),
  details: z.optional(documentField(400)),
  people: z.array(newPerson).check(z.minLength(1), z.maxLength(MAX_PEOPLE_PER_SIDE)),
})

export const newCase = z.strictObject({
  title: lineField(120),
  /** The organisation's own; without one the case is given a number. */
  number: z.optional(lineField(60)),
  category: z.enum(CASE_CATEGORIES),
  subject: documentField(600),
  voice: z.enum(['phone', 'text']),
  draftLanguage: localeField,
  agreement: agreementToMediateField,
  conductedBy: z.optional(z.literal('judge')),
  sides: z.array(newSide).check(z.minLength(2), z.maxLength(MAX_SIDES)),
})
export type NewCase = z.output<typeof newCase>

const caseSummary = z.strictObject({
  caseId: idField<CaseId>(),
  title: z.string(),
  category: z.enum(CASE_CATEGORIES),
  openedAt: z.int(),
  sides: z.array(z.string()),
  phase: z.enum(CASE_PHASES),
  /** A session runs. */
  inSession: z.boolean(),
  mediatorParticipantId: idField<ParticipantId>(),
})
export type CaseSummary = z.output<typeof caseSummary>

export const caseCreate = defineRoute({
  method: 'POST',
  path: '/api/cases',
  auth: 'staff',
  /** `unfinishedId`: the half-filled form that this was, which is deleted. */
  input: z.extend(newCase, { unfinishedId: z.optional(idField<UnfinishedId>()) }),
  answer: z.strictObject({ caseId: idField<CaseId>() }),
})

/** Those that are closed are read apart from those at work. */
const LISTED_STATES = ['running', 'closed'] as const
export type ListedState = (typeof LISTED_STATES)[number]
export const CASES_PER_PAGE = 50

/** Newest first, a page at a time; of those at work, unless it is asked otherwise. */
export const caseList = defineRoute({
  method: 'GET',
  path: '/api/cases',
  auth: 'staff',
  input: z.strictObject({ state: z.optional(z.enum(LISTED_STATES)), after: z.optional(z.string().check(z.maxLength(80))) }),
  answer: z.strictObject({
    cases: z.array(caseSummary),
    /** The `after` of the next page; missing on the last. */
    more: z.optional(z.string()),
  }),
})

/** What the mediator entered, for the page that invites people; to anybody else the case is not-found. */
export const caseLook = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId',
  auth: 'staff',
  input: z.strictObject({ caseId: idField<CaseId>() }),
  answer: z.strictObject({
    summary: caseSummary,
    facts: caseFactsField,
    /** In their order; `was` is empty where there was none, and `is` where there is none any more. */
    corrections: z.array(
      z.strictObject({
        what: z.enum(['name', 'authority', 'title', 'number']),
        participantId: z.optional(idField<ParticipantId>()),
        was: z.string(),
        is: z.string(),
        at: z.int(),
      }),
    ),
  }),
})

/** Everybody in the case sees the new name at once, and what it was. Safe to repeat. */
export const caseTitleCorrect = defineRoute({
  method: 'PUT',
  path: '/api/cases/:caseId/title',
  auth: 'staff',
  input: z.strictObject({ caseId: idField<CaseId>(), commandId: idField<CommandId>(), title: lineField(120) }),
  answer: z.strictObject({}),
})

/** Everybody in the case sees the new number at once, and what it was. Safe to repeat. */
export const caseNumberCorrect = defineRoute({
  method: 'PUT',
  path: '/api/cases/:caseId/number',
  auth: 'staff',
  input: z.strictObject({ caseId: idField<CaseId>(), commandId: idField<CommandId>(), number: lineField(60) }),
  answer: z.strictObject({}),
})

/** Adds somebody, to a side or to none as their role has it, and makes their invitation. The participant's id is made by the device: asking again is harmless. */
export const casePersonAdd = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/people',
  auth: 'staff',
  input: z.strictObject({
    caseId: idField<CaseId>(),
    participantId: idField<ParticipantId>(),
    sideId: z.optional(idField<SideId>()),
    /** Who goes in the same moment. */
    insteadOf: z.optional(idField<ParticipantId>()),
    ...addedPerson.shape,
  }),
  answer: z.strictObject({ invitationId: idField<InvitationId>() }),
})

/** Who may be proposed: those of the installation whose profile says what an agreement has to say of a mediator, and who are not of this case. */
export const mediatorChoices = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId/mediators',
  auth: 'staff',
  input: z.strictObject({ caseId: idField<CaseId>() }),
  answer: z.strictObject({
    mediators: z.array(
      z.strictObject({ accountId: idField<AccountId>(), name: z.string(), organisation: z.string(), registerNumber: z.string() }),
    ),
  }),
})

/** Asks all sides whether this one may mediate, beside the asker or in their place (art. 9(1), 20(7)). The id is made by the device. */
export const caseMediatorPropose = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/mediators',
  auth: 'staff',
  input: z.strictObject({
    caseId: idField<CaseId>(),
    participantId: idField<ParticipantId>(),
    accountId: idField<AccountId>(),
    instead: z.boolean(),
  }),
  answer: z.strictObject({}),
})

/** What the case says of somebody, and where they are reached, which stays with the invitation; an empty text forgets it. Safe to repeat. */
export const casePersonCorrect = defineRoute({
  method: 'PUT',
  path: '/api/cases/:caseId/people/:participantId',
  auth: 'staff',
  input: z.strictObject({
    caseId: idField<CaseId>(),
    participantId: idField<ParticipantId>(),
    commandId: idField<CommandId>(),
    ...correctable(lineField),
    phone: z.union([z.literal(''), phoneField]),
    email: z.union([z.literal(''), emailField]),
  }),
  answer: z.strictObject({}),
})

/** Reasons of these routes. */
const CASE_ROUTE_REASONS = [
  'cases/contacts-not-saved', // unavailable: what the case says is corrected, telephone, e-mail and the invitation's language are not; ask again
  'cases/list-being-made', // unavailable: the server has started anew and still reads the cases; details: seconds until it is worth asking again
  'cases/number-on-closed-text', // conflict: the text is closed for signing and has the number on its paper
  'cases/profile-incomplete', // conflict: the mediator's profile names no register number, or neither an organisation nor that there is none
  'cases/own-profile', // conflict: the mediator's own profile holds what no agreement can print; details as of a text
] as const
export type CaseRouteReason = (typeof CASE_ROUTE_REASONS)[number]
