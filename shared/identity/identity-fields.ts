// Fields that identity's routes share: how people are reached, what they type to prove who they are.
import * as z from 'zod/mini'
import { lineField, unbroken } from '#shared/protocol/fields.ts'

/** Trimmed and in small letters, so that one address is one account. */
export const emailField = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(254),
    unbroken,
    z.regex(/^[^\s@<>"',;:()[\]\\]+@[^\s@<>"',;:()[\]\\]+\.[^\s@<>"',;:()[\]\\.]{2,}$/),
  )

/** International form, `+77011234567`; spaces, brackets and hyphens are dropped. */
export const phoneField = z.string().check(
  z.maxLength(40),
  z.overwrite((text) => text.replaceAll(/[\s()-]/g, '')),
  z.regex(/^\+[1-9]\d{6,14}$/),
)

export const personNameField = lineField(120)

export const PASSWORD_MIN = 10
export const passwordField = z.string().check(z.minLength(PASSWORD_MIN), z.maxLength(200), unbroken)
/** A password being tried: anything one could have chosen once. */
export const typedPasswordField = z.string().check(z.minLength(1), z.maxLength(200), unbroken)

/** 24 random bytes in base64url: what stands behind `#` in a personal link. */
export const secretField = z.string().check(z.regex(/^[A-Za-z0-9_-]{32}$/))

export const CODE_DIGITS = 6
/** Spaces that people type for readability are dropped. */
export const codeField = z.string().check(
  z.maxLength(20),
  z.overwrite((text) => text.replaceAll(/[\s-]/g, '')),
  z.regex(/^\d{6}$/),
)

export const CODE_TRIES = 5
