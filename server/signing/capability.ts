import { webcrypto } from 'node:crypto'
import { serverCapability } from '#server/capability.ts'
import { drafting } from '#server/drafting/capability.ts'
import { identity } from '#server/identity/capability.ts'
import { CHAIN_EVENTS, CHAIN_FOLDS } from '#shared/signing/chain-catalogue.ts'
import { closeChainRule } from '#shared/signing/decide-close.ts'
import { recordPaperRule } from '#shared/signing/decide-paper.ts'
import { declineRule, reopenRule } from '#shared/signing/decide-reopen.ts'
import { sealVersionRule } from '#shared/signing/decide-seal.ts'
import { giveSignatureRule, withdrawSignatureRule } from '#shared/signing/decide-sign.ts'
import { makeSigning } from './make-signing.ts'
import { openPrinting } from './printing.ts'

export const signing = serverCapability({
  name: 'signing',
  rules: [sealVersionRule, closeChainRule, giveSignatureRule, withdrawSignatureRule, declineRule, reopenRule, recordPaperRule],
  events: CHAIN_EVENTS,
  folds: CHAIN_FOLDS,
  start(parts) {
    const { openFile, papers } = parts.use(drafting)
    const { codes, accounts, codeDelivery: delivery, access, contactsOf } = parts.use(identity)
    const { facts, routes, reactions, dueKinds } = makeSigning({
      ...parts,
      crypto: webcrypto.subtle,
      sealingKey: parts.sealing,
      sealingCertificates: [],
      openVersionFile: ({ caseId, fileId }) => openFile(caseId, fileId),
      papers,
      printing: openPrinting({ pool: parts.workers }),
      codes,
      delivery,
      access,
      contactsOf,
      checkPassword: accounts.checkPassword,
    })
    return { api: undefined, facts, routes, subscribers: [reactions.subscriber], due: dueKinds }
  },
})
