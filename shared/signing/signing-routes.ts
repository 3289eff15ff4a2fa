// Signing over HTTP: what comes before and after the signature itself, which is a command in the case's log.
import * as z from 'zod/mini'
import { CODE_WAYS } from '#shared/identity/code-ways.ts'
import { typedPasswordField } from '#shared/identity/identity-fields.ts'
import { codeField } from '#shared/identity/join-fields.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineDownload, defineRoute } from '#shared/protocol/route.ts'
import { lineField } from '#shared/protocol/text-fields.ts'

const of = { caseId: idField<CaseId>(), versionId: idField<VersionId>() }
const base64Field = (max: number) => z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/), z.maxLength(max))
/** 32 random bytes, base64url. */
const nonceField = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))

/** Asks for a fresh confirmation: a code for people of a side, the password again for staff. The one asked for before is void. */
export const signingAsk = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/versions/:versionId/confirmation',
  auth: 'person',
  input: z.strictObject(of),
  binds: true,
  answer: z.strictObject({ nonce: nonceField, confirm: z.enum(['password', ...CODE_WAYS]), expiresAt: z.int() }),
})
export type SigningAsked = z.output<typeof signingAsk.answer>

/** How the signer came to know the text (Digital Code, art. 50(3)1). */
const readField = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('self') }),
  z.strictObject({ how: z.literal('read-to-me'), by: lineField(120), language: localeField }),
])
export type HowRead = z.output<typeof readField>

/** Certifies the key that the signer's browser has just made, for this person and version. */
export const signingCertify = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/versions/:versionId/certificate',
  auth: 'person',
  input: z.strictObject({
    ...of,
    nonce: nonceField,
    confirmation: z.union([z.strictObject({ code: codeField }), z.strictObject({ password: typedPasswordField })]),
    /** SubjectPublicKeyInfo of a P-256 key, DER. */
    spki: base64Field(400),
    /** r‖s over the possession message. */
    proof: base64Field(100),
    read: readField,
  }),
  binds: true,
  answer: z.strictObject({
    /** DER, base64: the signer's, and the authority's above it. */
    certificate: base64Field(8000),
    authority: base64Field(8000),
    /** The server's clock, milliseconds: phones' clocks are wrong. */
    signingTime: z.int(),
    pdfDigest: z.string(),
    textDigest: z.string(),
  }),
})
export type Certified = z.output<typeof signingCertify.answer>

const versionInput = z.strictObject(of)
export const textDownload = defineDownload({
  path: '/api/cases/:caseId/versions/:versionId/agreement.txt',
  auth: 'person',
  input: versionInput,
  mediaType: 'text/plain; charset=utf-8',
})
export const pdfDownload = defineDownload({
  path: '/api/cases/:caseId/versions/:versionId/agreement.pdf',
  auth: 'person',
  input: versionInput,
  mediaType: 'application/pdf',
})
/** The same text with lines for signatures by hand. */
export const paperDownload = defineDownload({
  path: '/api/cases/:caseId/versions/:versionId/paper.pdf',
  auth: 'person',
  input: versionInput,
  mediaType: 'application/pdf',
})
/** Not-found to everybody until everybody has signed. */
export const bundleDownload = defineDownload({
  path: '/api/cases/:caseId/versions/:versionId/bundle.zip',
  auth: 'person',
  input: versionInput,
  mediaType: 'application/zip',
})

/** Public (Digital Code, art. 61(4)): with it anybody verifies a bundle, on any machine. */
export const authorityDownload = defineDownload({
  path: '/api/authority.pem',
  auth: 'none',
  input: z.strictObject({}),
  mediaType: 'application/x-pem-file',
})
export const authorityLook = defineRoute({
  method: 'GET',
  path: '/api/authority',
  auth: 'none',
  input: z.strictObject({}),
  answer: z.strictObject({ name: z.string(), sha256: z.string(), digits: z.string() }),
})
