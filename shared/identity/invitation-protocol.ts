// Routes of a mediator over the invitations of their case. To anybody else a case's invitations are not-found.
import * as z from 'zod/mini'
import type { CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { CODE_WAYS, type CodeWay } from './code-ways.ts'
import { emailField, phoneField } from './identity-fields.ts'
import { deviceIdField, secretField } from './join-fields.ts'

/** How a link can go. */
export const LINK_WAYS = ['mail', 'sms', 'share', 'copy', 'whatsapp', 'telegram', 'qr', 'slip'] as const
export type LinkWay = (typeof LINK_WAYS)[number]
/** These end in a place the server cannot know. */
const ANYWHERE: readonly LinkWay[] = ['share', 'copy', 'whatsapp', 'telegram']

/** Whether a link that went this way may lie where a code of that way arrives: whoever reads one mailbox or telephone must not hold both. */
export function meets(link: LinkWay, code: CodeWay): boolean {
  if (code === 'read-out') return false
  return link === code || ANYWHERE.includes(link)
}

/** `waiting`: how the code that still can be typed went, if there is one. */
export function linkMayGo(way: LinkWay, waiting: CodeWay | undefined): boolean {
  return waiting === undefined || !meets(way, waiting)
}

const INVITATION_STATES = [
  'made', // nothing went out yet
  'sent', // the link went out, as far as its way tells
  'joined', // a code was accepted on some device
  'locked', // five wrong codes: make a new one
  'revoked',
] as const

/** An empty text means: not known. */
export const contacts = z.strictObject({ phone: z.string(), email: z.string() })
export type Contacts = z.output<typeof contacts>

export const invitation = z.strictObject({
  id: idField<InvitationId>(),
  caseId: idField<CaseId>(),
  participantId: idField<ParticipantId>(),
  language: localeField,
  contacts,
  state: z.enum(INVITATION_STATES),
  /** Whether a code waits to be typed, how it went and how many tries are left. */
  code: z.union([z.null(), z.strictObject({ way: z.enum(CODE_WAYS), expiresAt: z.int(), triesLeft: z.int() })]),
  /** The ways a code may go without meeting the link on its way; `read-out` always may. */
  codeWays: z.array(z.enum(CODE_WAYS)),
  /** Ways the present link may have gone: it was about to, and nobody has said that it did, or did not. */
  reserved: z.array(z.enum(LINK_WAYS)),
  /** Every way the present and earlier links and codes went. `local`: no further than this machine, which has no mail server or gateway. */
  deliveries: z.array(
    z.strictObject({
      at: z.int(),
      what: z.enum(['link', 'code']),
      way: z.enum([...LINK_WAYS, 'read-out']),
      local: z.optional(z.literal(true)),
    }),
  ),
  /** Devices the link was bound to: coarse words such as "Chrome, Android", never an address. */
  devices: z.array(z.strictObject({ id: z.string(), at: z.int(), device: z.string(), keep: z.boolean(), live: z.boolean() })),
})
export type Invitation = z.output<typeof invitation>

const one = { invitationId: idField<InvitationId>() }

export const invitationList = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId/invitations',
  auth: 'staff',
  input: z.strictObject({ caseId: idField<CaseId>() }),
  answer: z.strictObject({
    invitations: z.array(invitation),
    /** What this installation can send by itself. */
    gateways: z.strictObject({ mail: z.boolean(), sms: z.boolean() }),
  }),
})

/** A new link; the one before is void. The link is shown in this answer only: the server keeps a hash. */
export const invitationLink = defineRoute({
  method: 'POST',
  path: '/api/invitations/:invitationId/link',
  auth: 'staff',
  input: z.strictObject(one),
  answer: z.strictObject({ link: z.string(), secret: z.string(), invitation }),
})

/** `reserve` before anything leaves the device, which keeps the code off that way; `sent` once it did; `release` when nothing left. */
const LINK_STEPS = ['reserve', 'sent', 'release'] as const

/** Sends the present link by mail, which the server does by itself, or writes down how it leaves the mediator's device, step by step. Without a step: it went. */
export const invitationSend = defineRoute({
  method: 'POST',
  path: '/api/invitations/:invitationId/send',
  auth: 'staff',
  input: z.strictObject({ ...one, secret: secretField, way: z.enum(LINK_WAYS), step: z.optional(z.enum(LINK_STEPS)) }),
  answer: invitation,
})

/** The words of a paper slip in the person's language; the client draws the QR code and prints. Counts as sending by `slip`. */
export const invitationSlip = defineRoute({
  method: 'POST',
  path: '/api/invitations/:invitationId/slip',
  auth: 'staff',
  input: z.strictObject({ ...one, secret: secretField }),
  answer: z.strictObject({
    link: z.string(),
    mediatorName: z.string(),
    mediatorPhone: z.string(),
    language: localeField,
    title: z.string(),
    lines: z.array(z.string()),
  }),
})

/** A new code; the one before is void, a lock is opened, a further device can be bound. `code` is in this answer only, and only when it is to be read out. */
export const invitationCode = defineRoute({
  method: 'POST',
  path: '/api/invitations/:invitationId/code',
  auth: 'staff',
  input: z.strictObject({ ...one, way: z.enum(CODE_WAYS) }),
  answer: z.strictObject({ code: z.union([z.null(), z.string()]), way: z.enum(CODE_WAYS), expiresAt: z.int(), invitation }),
})

export const invitationChange = defineRoute({
  method: 'PUT',
  path: '/api/invitations/:invitationId',
  auth: 'staff',
  input: z.strictObject({
    ...one,
    phone: z.union([z.literal(''), phoneField]),
    email: z.union([z.literal(''), emailField]),
    language: localeField,
  }),
  answer: invitation,
})

/** Voids link and code and ends every device at once. Making a new link invites again. */
export const invitationRevoke = defineRoute({
  method: 'POST',
  path: '/api/invitations/:invitationId/revoke',
  auth: 'staff',
  input: z.strictObject(one),
  answer: invitation,
})

/** Ends one device. */
export const deviceEnd = defineRoute({
  method: 'POST',
  path: '/api/invitations/:invitationId/devices/:deviceId/end',
  auth: 'staff',
  input: z.strictObject({ ...one, deviceId: deviceIdField }),
  answer: invitation,
})

/** Codes (for signing) that people wait for and the mediator reads out. */
export const readOutList = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId/read-out',
  auth: 'staff',
  input: z.strictObject({ caseId: idField<CaseId>() }),
  answer: z.strictObject({
    codes: z.array(z.strictObject({ participantId: idField<ParticipantId>(), purpose: z.string(), code: z.string(), expiresAt: z.int() })),
  }),
})

export const invitationRoutes = [
  invitationList,
  invitationLink,
  invitationSend,
  invitationSlip,
  invitationCode,
  invitationChange,
  invitationRevoke,
  deviceEnd,
  readOutList,
] as const
