import { isFrozen } from '#shared/drafting/decide-freeze.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { signingBegun } from './begun-protocol.ts'
import { versionSealed } from './chain-protocol.ts'
import { signersFold } from './signers-state.ts'
import { sealedVersionFact } from './signing-facts.ts'
import { versionSeal } from './signing-protocol.ts'

/** Follows from freezing; doing it again changes nothing. */
export const sealVersionRule = systemRule({
  command: versionSeal,
  facts: { record: sealedVersionFact },
  sees: ({ versionId, signers }) => ['case', 'all', signersAudience(versionId), ...signers.map(directAudience)],
  decide(view, { versionId, signers }, { facts: { record } }) {
    const room = signersAudience(versionId)
    const state = view.state(signersFold, room)
    if (!record || !state || state.frozen || !isFrozen(view, versionId)) return decided()
    return decided(
      newEvent(versionSealed, room, record),
      ...signers.map((participantId) => newEvent(signingBegun, directAudience(participantId), { versionId })),
    )
  },
})
