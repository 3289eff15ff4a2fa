// Where a mediator is while a session runs, for a fair share of their time (art. 7). It stands in the mediator's own audience: nobody else,
// another mediator neither, learns from it in which room somebody is. Each event carries the sums so far, so that the last alone says all.
import * as z from 'zod/mini'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, pagedEvent, type Schema, uncountedEvent } from '#shared/protocol/define.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'

/** Where a mediator can be: in a room, or at the board of rooms. */
export type MediatorPlace = Audience | 'board'

/** No move of one mediator is written sooner after the one before. */
export const MOVES_APART_MS = 2_000
/** One for each side, and two. */
const MAX_PLACES = 300

const place: Schema<MediatorPlace> = z.union([audienceField, z.literal('board')])
const milliseconds = z.int().check(z.minimum(0))

export const mediatorMove = defineCommand('mediator:move', { input: z.strictObject({ place }) })

/** Steps of the installation: the mediator's last connection is gone; `untold`: found to have gone when they came back. */
export const mediatorGo = defineCommand('mediator:go', {
  input: z.strictObject({ participantId: idField<ParticipantId>(), untold: z.optional(z.literal(true)) }),
})

/** Without a place: to nowhere. */
export const mediatorMoved = uncountedEvent(
  pagedEvent(
    defineEvent(
      'mediator:moved',
      1,
      z.strictObject({
        place: z.optional(place),
        /** When the session began that `session` below counts in. */
        session: z.optional(z.int()),
        spent: z.array(z.strictObject({ place, whole: milliseconds, session: milliseconds })).check(z.maxLength(MAX_PLACES)),
      }),
    ),
  ),
)
