// The ways back from a frozen text to the draft: a signer's no, and the mediator's hand. That the text is open again is told to all;
// who learns that it was this signer, and why, is the signer's choice.
import { mayAtAll } from '#shared/cases/may.ts'
import { reopenEvent } from '#shared/drafting/decide-freeze.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { declineAct, reopenAct } from './signing-acts.ts'
import { canDecline, canReopen } from './signing-policy.ts'
import { versionDecline, versionDeclined, versionRecalled, versionReopen } from './signing-protocol.ts'
import { knownVersion, refuseSigning, signingSituation } from './signing-view.ts'

export const declineRule = personRule({
  command: versionDecline,
  binds: true,
  decide(view, { versionId, reason, clause, to }, { actor }) {
    const situation = signingSituation(view, actor, versionId)
    if (!situation.signer) return refuse('not-found')
    if (!mayAtAll(actor, declineAct, 'all')) return refuse('forbidden')
    if (!canDecline(situation)) return refuseSigning(situation, 'signing/reopened')
    const body = { versionId, ...(reason === undefined ? {} : { reason }), ...(clause === undefined ? {} : { clause }) }
    if (to === 'all') return decided(newEvent(versionDeclined, 'all', body), reopenEvent(versionId))
    // Events of one commit bear one author: what all are told follows as a step of the system (signing-reactions.ts).
    return decided(newEvent(versionDeclined, directAudience(actor.id), body))
  },
})

export const reopenRule = personRule({
  command: versionReopen,
  decide(view, { versionId, reason }, { actor }) {
    const situation = signingSituation(view, actor, versionId)
    if (!knownVersion(view, versionId)) return refuse('not-found')
    if (!mayAtAll(actor, reopenAct, 'all')) return refuse('forbidden')
    if (!canReopen(situation)) return refuseSigning(situation, 'signing/reopened')
    return decided(newEvent(versionRecalled, 'all', { versionId, reason }), reopenEvent(versionId))
  },
})
