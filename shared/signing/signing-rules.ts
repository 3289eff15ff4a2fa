// What can be asked about signing.
import type { Rule } from '#shared/log/decide.ts'
import { closeChainRule } from './decide-close.ts'
import { recordPaperRule } from './decide-paper.ts'
import { declineRule, reopenRule } from './decide-reopen.ts'
import { sealVersionRule } from './decide-seal.ts'
import { giveSignatureRule, withdrawSignatureRule } from './decide-sign.ts'

export const SIGNING_RULES: readonly Rule[] = [
  sealVersionRule,
  closeChainRule,
  giveSignatureRule,
  withdrawSignatureRule,
  declineRule,
  reopenRule,
  recordPaperRule,
]
