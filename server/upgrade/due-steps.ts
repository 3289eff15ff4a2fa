// What had ended before there were due steps was swept away every hour, or never. Everything that ends gets its step here, once. Names and
// spans are those of the release that began with them.
import type { UpgradeDeps } from './upgrade.ts'

const KEPT_MS = 30 * 86_400_000
const CONFIRMATION_MS = 10 * 60_000

interface Ending {
  readonly expiresAt?: number
  readonly owner?: { readonly kind: string }
}

const ENDING: readonly (readonly [collection: string, kind: string])[] = [
  ['sessions', 'identity/session-ended'],
  ['one-time-codes', 'identity/code-ended'],
  ['welcome-links', 'identity/link-ended'],
  ['signing-confirmations', 'signing/confirmation-ended'],
]

export async function scheduleEndings({ records, storage, dueCipher, clock }: UpgradeDeps): Promise<void> {
  for (const [collection, kind] of ENDING) {
    for (const { id, value } of await records.all<Ending>(collection)) {
      if (value.owner?.kind === 'person') continue // the mediator goes on seeing each device
      const end = value.expiresAt ?? clock.now() + CONFIRMATION_MS // a confirmation's lies under another key
      await storage.due.schedule(dueCipher.encrypt({ kind, subject: id, at: end + KEPT_MS }))
    }
  }
}
