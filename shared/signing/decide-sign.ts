// A signature: told to its signer and the mediator alone. The mediator's, the last, releases everybody's in the same breath.
import { mediationEnded } from '#shared/cases/case-protocol.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import { asId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { releaseSealed, signatureSealed } from './chain-protocol.ts'
import type { SignatureRecord } from './sealed-records.ts'
import { signAct, signLastAct } from './signing-acts.ts'
import { checkedSignatureFact } from './signing-facts.ts'
import { canSign, canWithdrawSignature } from './signing-policy.ts'
import { agreementReleased, signatureGive, signatureGiven, signatureWithdraw, signatureWithdrawn } from './signing-protocol.ts'
import { ownSigningFold } from './signing-state.ts'
import { refuseSigning, sideSignatures, signingSituation } from './signing-view.ts'

export const giveSignatureRule = personRule({
  command: signatureGive,
  binds: true,
  facts: { signature: checkedSignatureFact },
  decide(view, { versionId }, { actor, newId, facts: { signature } }) {
    const situation = signingSituation(view, actor, versionId)
    if (!situation.signer) return refuse('not-found')
    if (!canSign(situation)) return refuseSigning(situation, situation.own === 'stands' ? 'signing/already-signed' : 'signing/others-first')
    switch (signature.checked) {
      case 'refused':
        return refuse(signature.reason === 'signing/ask-again' ? 'conflict' : 'invalid', signature.reason)
      case 'signature': {
        const own = directAudience(actor.id)
        // One certificate, one signature, for good: what was withdrawn cannot be sent again.
        const used = view.state(ownSigningFold, own)?.given.some((each) => each.certificateDigest === signature.record.certificateDigest)
        if (used || !mayAtAll(actor, signAct, 'all')) return refuse('conflict', 'signing/ask-again')
        return decided(newEvent(signatureGiven, own, givenBody(signature.record, signature.fileId)))
      }
      case 'release': {
        const { records, release } = signature
        const standing = sideSignatures(view, versionId).map((side) => side.signature?.signatureDigest)
        const released = records.slice(0, -1).map((record) => record.signatureDigest)
        // Somebody withdrew, or signed anew, while the release was being made.
        if (!mayAtAll(actor, signLastAct, 'all') || standing.join() !== released.join()) return refuse('conflict', 'signing/ask-again')
        const room = signersAudience(versionId)
        return decided(
          ...records.map((record) => newEvent(signatureSealed, room, record)),
          newEvent(releaseSealed, room, release),
          newEvent(agreementReleased, 'all', { versionId, bundleFileId: asId<FileId>(newId('all')) }),
          newEvent(mediationEnded, 'case', { ground: 'settled' }),
        )
      }
    }
  },
})

export const withdrawSignatureRule = personRule({
  command: signatureWithdraw,
  decide(view, { versionId }, { actor }) {
    const situation = signingSituation(view, actor, versionId)
    if (!situation.signer) return refuse('not-found')
    if (!canWithdrawSignature(situation)) return refuseSigning(situation, 'signing/not-signed')
    return decided(newEvent(signatureWithdrawn, directAudience(actor.id), { versionId }))
  },
})

function givenBody(
  { versionId, scheme, signatureDigest, certificateDigest, signedAt, method, identityLevel, seal }: SignatureRecord,
  fileId: FileId,
) {
  return { versionId, fileId, scheme, signatureDigest, certificateDigest, signedAt, method, identityLevel, seal }
}
