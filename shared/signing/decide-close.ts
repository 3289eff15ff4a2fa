import { signersAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { chainSealed } from './chain-protocol.ts'
import { signersFold } from './signers-state.ts'
import { closingRecordFact } from './signing-facts.ts'
import { chainSeal } from './signing-protocol.ts'

/**
 * Follows from the release, once; doing it again changes nothing. What a release of the first bundle format has left is not closed:
 * its bundle is made as that format says.
 */
export const closeChainRule = systemRule({
  command: chainSeal,
  facts: { record: closingRecordFact },
  sees: ({ versionId }) => [signersAudience(versionId)],
  decide(view, { versionId }, { facts: { record } }) {
    const room = signersAudience(versionId)
    const state = view.state(signersFold, room)
    if (!record || state?.release?.bundleFormat !== 2 || state.closed) return decided()
    // The head does not move: a version is released once. A seal over another head would close nothing.
    if (record.head.digest !== state.release.head.digest) return decided()
    return decided(newEvent(chainSealed, room, record))
  },
})
