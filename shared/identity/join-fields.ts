// What an invited person comes in by: the secret of the link and the code. Their first screen loads this and nothing that weighs.
import * as z from 'zod/mini'

/** 24 random bytes in base64url: what stands behind `#` in a personal link. */
export const secretField = z.string().check(z.regex(/^[A-Za-z0-9_-]{32}$/))

/** Names a device in events and lists: 16 random bytes in base64url. */
export const deviceIdField = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))

export const CODE_DIGITS = 6
/** Whatever people or their telephones put between the digits (spaces, dashes, direction marks) is dropped. */
export const codeField = z.string().check(
  z.maxLength(20),
  z.overwrite((text) => text.replace(/[^\p{L}\p{N}]/gu, '')),
  z.regex(/^\d{6}$/),
)

export const CODE_TRIES = 5
