// What each person is asked alone before joint talk. Every question may be left open; the last answers count; the mediator alone reads them.
import * as z from 'zod/mini'
import { defineCommand, defineEvent, saidEvent } from '#shared/protocol/define.ts'
import { lineField, storedLine } from '#shared/protocol/text-fields.ts'

export const SPEAK_ANSWERS = ['yes', 'no', 'phone'] as const
export const AFRAID_ANSWERS = ['no', 'yes', 'phone'] as const
export const NEED_ANSWERS = ['none', 'interpreter', 'helper', 'both'] as const
export const MAX_NEED_WORDS = 160

const questions = {
  /** "Can you speak freely when the other side is present?" */
  speak: z.optional(z.enum(SPEAK_ANSWERS)),
  /** "Are you afraid of pressure, or of somebody here?" */
  afraid: z.optional(z.enum(AFRAID_ANSWERS)),
  /** "Do you need an interpreter, or somebody who helps you?" */
  need: z.optional(z.enum(NEED_ANSWERS)),
}

export const safetyAnswer = defineCommand('safety:answer', {
  input: z.strictObject({ ...questions, words: z.optional(lineField(MAX_NEED_WORDS)) }),
})
export const safetyAnswered = saidEvent(
  defineEvent('safety:answered', 1, z.strictObject({ ...questions, words: z.optional(storedLine(MAX_NEED_WORDS)) })),
)
