// Words for every reason that identity gives; a new reason without words does not compile.
import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { IdentityReason } from '#shared/identity/identity-protocol.ts'

const WORDS = {
  'identity/wrong-credentials': 'identity.reason.wrong-credentials',
  'identity/session-ended': 'identity.reason.session-ended',
  'identity/session-held': 'identity.phone.held',
  'identity/own-code-needed': 'identity.phone.needed',
  'identity/own-code-asked': 'identity.phone.asked',
  'identity/own-code-easy': 'identity.phone.easy',
  'identity/own-code-locked': 'identity.phone.locked',
  'identity/wrong-password': 'identity.reason.wrong-password',
  'identity/link-unknown': 'identity.reason.link-unknown',
  'identity/wrong-code': 'identity.join.wrong',
  'identity/code-locked': 'identity.join.locked.text',
  'identity/code-used': 'identity.join.used.text',
  'identity/code-expired': 'identity.join.expired',
  'identity/code-missing': 'identity.join.missing',
  'identity/same-way': 'identity.reason.same-way',
  'identity/no-address': 'identity.reason.no-address',
  'identity/no-gateway': 'identity.reason.no-gateway',
  'identity/not-delivered': 'identity.reason.not-delivered',
  'identity/revoked': 'identity.reason.revoked',
  'identity/email-taken': 'identity.reason.email-taken',
  'identity/already-set-up': 'identity.reason.already-set-up',
  'identity/last-owner': 'identity.reason.last-owner',
  'identity/slow-down': 'identity.reason.slow-down',
  'identity/mails-too-many': 'identity.reason.mails-too-many',
  'identity/busy': 'identity.reason.busy',
} as const satisfies Record<IdentityReason, TextId>

registerReasons(WORDS)
