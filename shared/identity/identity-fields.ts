// Fields that identity's routes share: how people are reached, what they type to prove who they are.
import * as z from 'zod/mini'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { lettersOf, lineField, secretLetters, unbroken } from '#shared/protocol/text-fields.ts'
import { bareNumber } from './phone-number.ts'

/** Trimmed and in small letters, so that one address is one account. */
export const emailField = z.string().check(
  z.overwrite((text) => (text.length > 1_000 ? text : cleanText('name', text))),
  z.toLowerCase(),
  z.maxLength(254),
  lettersOf('name', 254),
  z.regex(/^[^\s@<>"',;:()[\]\\]+@[^\s@<>"',;:()[\]\\]+\.[^\s@<>"',;:()[\]\\.]{2,}$/),
)

/** International form, `+77011234567`. */
export const phoneField = z.string().check(
  z.maxLength(60),
  z.overwrite((text) => (text.length > 60 ? text : bareNumber(text))),
  z.regex(/^\+[1-9]\d{6,14}$/),
)

export const personNameField = lineField(120)

export const PASSWORD_MIN = 10
/** Kept to the letter. What a message would lose in silence or refuse could not be typed a second time, so it is refused. */
export const passwordField = z.string().check(z.minLength(PASSWORD_MIN), z.maxLength(200), secretLetters)
/** A password being tried: anything one could have chosen once. NUL and half a surrogate pair nobody could. */
export const typedPasswordField = z.string().check(z.minLength(1), z.maxLength(200), unbroken)
