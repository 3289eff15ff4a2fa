// Words for every refusal that signing can meet.
import { registerReasons } from '#client/ui/problem-words.ts'
import type { SigningReason } from '#shared/signing/signing-protocol.ts'

const OWN = {
  'signing/not-yet': 'signing.reason.not-yet',
  'signing/reopened': 'signing.reason.reopened',
  'signing/ended': 'signing.reason.ended',
  'signing/agreed': 'signing.reason.agreed',
  'signing/already-signed': 'signing.reason.already-signed',
  'signing/new-device': 'signing.reason.new-device',
  'signing/not-signed': 'signing.reason.not-signed',
  'signing/others-first': 'signing.reason.others-first',
  'signing/signature-stands': 'signing.reason.signature-stands',
  'signing/ask-again': 'signing.reason.ask-again',
  'signing/other-text': 'signing.reason.other-text',
  'signing/other-document': 'signing.reason.other-document',
  'signing/not-verified': 'signing.reason.not-verified',
  'signing/day': 'signing.reason.day',
  'signing/cannot-make': 'signing.reason.cannot-make',
  'signing/too-fast': 'signing.reason.too-fast',
} as const satisfies Record<SigningReason, string>

registerReasons({
  ...OWN,
  'signing/no-crypto': 'signing.reason.no-crypto',
  'identity/wrong-code': 'signing.reason.wrong-code',
  'identity/code-locked': 'signing.reason.code-locked',
  'identity/code-used': 'signing.reason.ask-again',
  'identity/code-expired': 'signing.reason.ask-again',
  'identity/code-missing': 'signing.reason.ask-again',
  'identity/wrong-password': 'signing.reason.wrong-password',
})
