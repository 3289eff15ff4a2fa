// The facts about people and sides, as they are taken at the door and as they were once accepted.
import * as z from 'zod/mini'
import { ROLES, type Role } from '#shared/kernel/actor.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import type { lineField } from '#shared/protocol/text-fields.ts'

export type Letters = (max: number) => ReturnType<typeof lineField>

/** Who can be named with the people of a side. */
export const SIDE_ROLES = ['party', 'representative', 'lawyer', 'teacher', 'psychologist', 'companion'] as const satisfies readonly Role[]
export const sideRoleField = z.enum(SIDE_ROLES)

/** Who belongs to no side. */
export const APART_ROLES = ['interpreter', 'expert', 'trainee', 'observer'] as const satisfies readonly Role[]
/** Who can be added to a running case; mediators come in another way. */
export const addedRoleField = z.enum([...SIDE_ROLES, ...APART_ROLES])
export type AddedRole = z.output<typeof addedRoleField>

/** Undefined for mediators, who come in another way. */
export function addedRoleOf(role: Role): AddedRole | undefined {
  return [...SIDE_ROLES, ...APART_ROLES].find((each) => each === role)
}

/** A side's details as the agreement has to name them (law on mediation 21(2)9): IIN or BIN, address. */
export function sideOf(line: Letters, lines: Letters) {
  return z.strictObject({
    id: idField<SideId>(),
    kind: z.enum(['person', 'organisation']),
    name: line(160),
    details: z.optional(lines(400)),
  })
}

/** What a mediator may correct about somebody. */
export function correctable(line: Letters) {
  return {
    name: line(120),
    /** The power that a representative acts by, e.g. a power of attorney with its number and date. */
    authority: z.optional(line(200)),
    language: localeField,
    /** Of a party: under age, which art. 24(3) has somebody stand by. */
    minor: z.optional(z.boolean()),
  }
}

/** Somebody of a side, as a case is opened with them. */
export function openingPerson(line: Letters) {
  return z.strictObject({
    id: idField<ParticipantId>(),
    ...correctable(line),
    role: sideRoleField,
    sideId: idField<SideId>(),
  })
}

export function openingMediator(line: Letters) {
  return z.strictObject({
    id: idField<ParticipantId>(),
    name: line(120),
    organisation: z.optional(line(160)),
    registerNumber: z.optional(line(60)),
    language: localeField,
  })
}

/** Anybody of a case, of whatever role. */
export function personOf(line: Letters) {
  return z.strictObject({
    id: idField<ParticipantId>(),
    role: z.enum(ROLES),
    sideId: z.optional(idField<SideId>()),
    ...correctable(line),
    organisation: z.optional(line(160)),
    registerNumber: z.optional(line(60)),
    /** Whom they came in the place of. */
    insteadOf: z.optional(idField<ParticipantId>()),
  })
}
