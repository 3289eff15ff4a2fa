import { mediationEnded } from '#shared/cases/case-protocol.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { signersFold } from './signers-state.ts'
import { recordPaperAct } from './signing-acts.ts'
import { canRecordPaper } from './signing-policy.ts'
import { paperRecord, paperRecorded } from './signing-protocol.ts'
import { refuseSigning, signingSituation } from './signing-view.ts'

/** The paper is the agreement; what stands here is the mediator's word that it was signed, and which text it bears. */
export const recordPaperRule = personRule({
  command: paperRecord,
  decide(view, input, { actor, now }) {
    const { versionId, signedOn } = input
    const situation = signingSituation(view, actor, versionId)
    if (!situation.signer) return refuse('not-found')
    if (!mayAtAll(actor, recordPaperAct, 'all')) return refuse('forbidden')
    if (!canRecordPaper(situation)) return refuseSigning(situation, 'signing/signature-stands')
    const frozenOn = dayOf(view.state(signersFold, signersAudience(versionId))?.frozen?.frozenAt ?? now)
    if (signedOn < frozenOn || signedOn > dayOf(now)) return refuse('invalid', 'signing/day', { field: 'signedOn' })
    return decided(newEvent(paperRecorded, 'all', input), newEvent(mediationEnded, 'case', { ground: 'settled' }))
  },
})

/** The calendar day in Kazakhstan. */
function dayOf(at: number): string {
  return localTime(at).slice(0, 10)
}
