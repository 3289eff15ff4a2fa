// Puts signing together for the composition root: facts for the log, routes, and what follows from its events.
import type { DueKind, DueTimes } from '#server/due/due.ts'
import type { Limits } from '#server/http/limits.ts'
import type { ServedRoute } from '#server/http/router.ts'
import type { AudienceKeys } from '#server/log/audience-keys.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Readers } from '#server/log/case-state.ts'
import type { FactProvider } from '#server/log/facts.ts'
import { encryptFiles } from '#server/storage/encrypted-files.ts'
import type { Storage } from '#server/storage/ports.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import type { Authority } from './authority/authority.ts'
import { makeBundles } from './bundles.ts'
import { makeCloseChain } from './close-chain.ts'
import { makeCodeContacts } from './code-contacts.ts'
import { type ConfirmDeps, makeIdentityConfirmation } from './confirm-identity.ts'
import { makeConfirmations } from './confirmations.ts'
import { makePaperCopies, type PaperStore } from './paper-copies.ts'
import type { Printing } from './printing.ts'
import { makeSignersCipher, makeSignersFiles } from './signers-files.ts'
import { signingFacts } from './signing-facts.ts'
import { type SigningReactions, signingReactions } from './signing-reactions.ts'
import { signingRoutes } from './signing-routes.ts'
import type { OpenVersionFile } from './version-files.ts'

interface SigningDeps
  extends Omit<ConfirmDeps, 'contacts'>,
    Pick<Parameters<typeof makeCodeContacts>[0], 'delivery' | 'access' | 'contactsOf'> {
  /** `crypto.subtle` */
  readonly crypto: Verifier
  readonly log: Pick<CaseLog, 'state' | 'step' | 'readWhole' | 'refresh'>
  readonly readers: Readers
  readonly storage: Pick<Storage, 'files' | 'records'>
  readonly due: DueTimes
  readonly keys: Pick<AudienceKeys, 'load'>
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly authority: Authority
  readonly sealingKey: SealingKey
  /** DER of sealing keys used before the present one. */
  readonly sealingCertificates: readonly Uint8Array[]
  readonly openVersionFile: OpenVersionFile
  readonly papers: PaperStore
  readonly printing: Printing
  readonly limits: Limits
  /** For what is good for some minutes. */
  readonly steady: SteadyClock
  readonly onTrouble: (error: unknown) => void
}

export interface Signing {
  readonly facts: readonly FactProvider[]
  readonly routes: readonly ServedRoute[]
  readonly reactions: SigningReactions
  readonly dueKinds: readonly DueKind[]
}

export function makeSigning(deps: SigningDeps): Signing {
  const { crypto, log, storage, keys, entropy, authority, sealingKey, openVersionFile, papers, printing } = deps
  const cipher = makeSignersCipher({ keys, entropy })
  const files = makeSignersFiles({ files: encryptFiles({ files: storage.files, entropy, clock: deps.clock }), keys })
  const confirmations = makeConfirmations({ records: storage.records, due: deps.due, cipher, clock: deps.steady })
  const sealingCertificates = [...deps.sealingCertificates, sealingKey.certificateDer]
  const closeChain = makeCloseChain({ log })
  const bundle = makeBundles({ log, closeChain, files, authority, sealingCertificates, openVersionFile, printing })
  const paperCopy = makePaperCopies({ openVersionFile, papers, printing })
  const reactions = signingReactions({ log, crypto, files, confirmations, bundle, paperCopy, onTrouble: deps.onTrouble })
  const contacts = makeCodeContacts({ ...deps, records: storage.records })
  const identity = makeIdentityConfirmation({ ...deps, contacts })
  return {
    facts: signingFacts({ crypto, authority, sealingKey, confirmations, files, openVersionFile, printing, settle: reactions.settle }),
    routes: [...signingRoutes({ ...deps, confirmations, identity, bundle, paperCopy, settle: reactions.settle }), ...contacts.routes],
    reactions,
    dueKinds: [confirmations.dueKind],
  }
}
