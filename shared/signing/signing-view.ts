// What the rules and the screens of signing read from a view.
import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import { isFrozen } from '#shared/drafting/decide-freeze.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { draftFold, versionOf } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { isOfSide, mediates } from '#shared/kernel/roles.ts'
import { type Decision, refuse, type View } from '#shared/log/decide.ts'
import { inRoom } from '#shared/rooms/room-state.ts'
import type { SigningSituation } from './signing-policy.ts'
import type { DeclineReader, SigningReason } from './signing-protocol.ts'
import {
  agreementFold,
  type Declined,
  declinedIn,
  type Given,
  ownSigningFold,
  type Recalled,
  sealedFold,
  standingOf,
} from './signing-state.ts'

/** The frozen version as the actor knows it; undefined for one that they may not know of. */
export function knownVersion(view: View, versionId: VersionId): FrozenVersion | undefined {
  return versionOf(view.state(draftFold, 'all'), versionId)
}

export function signingSituation(view: View, actor: Pick<Person, 'id' | 'role'>, versionId: VersionId): SigningSituation {
  const version = knownVersion(view, versionId)
  const agreed = view.state(agreementFold, 'all')?.agreed?.versionId === versionId
  return {
    role: actor.role,
    signer: version?.signers.includes(actor.id) === true && view.has(signersAudience(versionId)),
    phase: view.state(caseFold, 'case')?.phase ?? 'preparing',
    version: agreed ? 'agreed' : isFrozen(view, versionId) && toldToMediator(view, versionId).length === 0 ? 'frozen' : 'open',
    sealed: view.state(sealedFold, signersAudience(versionId)) === true,
    own: standingOf(view.state(ownSigningFold, directAudience(actor.id)), versionId) ? 'stands' : 'none',
    sides: mediates(actor) ? sidesSigned(view, versionId) : 'hidden',
  }
}

/** A no to the mediator that this person knows of: their own, or any that the mediator was told. The draft opens in the next moment. */
function toldToMediator(view: View, versionId: VersionId): readonly Declined[] {
  return view.audiences().flatMap((audience) => declinedIn(view.state(ownSigningFold, audience), versionId) ?? [])
}

interface ReopenedBy {
  /** The mediator's own hand; what they said of it to all. */
  readonly recalled: Recalled | undefined
  readonly declined: readonly (Declined & { readonly readers: DeclineReader })[]
}

/** Why a closed text was opened again, as far as this person may know. */
export function reopenedBy(view: View, versionId: VersionId): ReopenedBy {
  const all = view.state(agreementFold, 'all')
  const toAll = declinedIn(all, versionId)
  return {
    recalled: all?.recalled.find((each) => each.versionId === versionId),
    declined: [
      ...(toAll ? [{ ...toAll, readers: 'all' as const }] : []),
      ...toldToMediator(view, versionId).map((each) => ({ ...each, readers: 'mediator' as const })),
    ],
  }
}

export interface SideSignature {
  readonly participantId: ParticipantId
  readonly signature: Given | undefined
}

/**
 * Signers of the sides in the frozen version's order, with the signatures that stand; as the mediator sees it.
 * The signature of somebody who was taken out of the case does not stand: they could no longer take it back.
 */
export function sideSignatures(view: View, versionId: VersionId): readonly SideSignature[] {
  const state = view.state(caseFold, 'case')
  return (knownVersion(view, versionId)?.signers ?? [])
    .filter((participantId) => {
      const person = state && personIn(state, participantId)
      return person !== undefined && isOfSide(person)
    })
    .map((participantId) => ({
      participantId,
      signature: inRoom(view, signersAudience(versionId), participantId)
        ? standingOf(view.state(ownSigningFold, directAudience(participantId)), versionId)
        : undefined,
    }))
}

function sidesSigned(view: View, versionId: VersionId): 'all' | 'some' | 'none' {
  const signatures = sideSignatures(view, versionId)
  const standing = signatures.filter(({ signature }) => signature !== undefined).length
  if (standing === 0) return 'none'
  return standing === signatures.length ? 'all' : 'some'
}

/** Why something cannot be done with this version, in the order in which a person would want to know. */
export function refuseSigning(situation: SigningSituation, otherwise: SigningReason): Decision {
  const { version, phase, sealed } = situation
  if (version === 'agreed') return conflict('signing/agreed')
  if (isMediationOver(phase)) return conflict('signing/ended')
  if (version === 'open') return conflict('signing/reopened')
  return sealed ? conflict(otherwise) : refuse('unavailable', 'signing/not-yet')
}

function conflict(reason: SigningReason): Decision {
  return refuse('conflict', reason)
}
