// Closing the text for signing, in three decisions: the mediator's intent, and what the server found when it carried it out.
import { type CaseState, caseFold, mediatorsOf, speakersOf } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { actsByAuthority } from '#shared/kernel/roles.ts'
import { decided, type NewEvent, newEvent, personRule, refuse, systemRule, type View } from '#shared/log/decide.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { readsAt, roomFold } from '#shared/rooms/room-state.ts'
import { type ClosingFault, isSameFault, isToConfirm } from './closing/closing-fault.ts'
import { closingFact, draftHeadFact } from './draft-facts.ts'
import { draftSituation, readinessOfSides } from './draft-view.ts'
import { freezeAct } from './drafting-acts.ts'
import { canRequestFreeze } from './drafting-policy.ts'
import {
  draftReopen,
  draftReopened,
  freezeCancel,
  freezeCancelled,
  freezeRequest,
  freezeRequested,
  versionFreeze,
  versionFrozen,
} from './drafting-protocol.ts'
import { draftFold, versionOf } from './drafting-state.ts'
import { restoringFold } from './restoring-state.ts'

export const requestFreezeRule = personRule({
  command: freezeRequest,
  facts: { head: draftHeadFact, closing: closingFact },
  decide(view, { versionId, revision, confirmed = [] }, { actor, facts: { head, closing } }) {
    const situation = draftSituation(view, actor)
    if (!situation.inAll) return refuse('not-found')
    if (!mayAtAll(actor, freezeAct, 'all')) return refuse('forbidden')
    const state = view.state(draftFold, 'all')
    if (state?.phase.kind !== 'open' && state?.phase.versionId === versionId) return decided()
    if (!canRequestFreeze(actor, situation))
      return refuse('conflict', situation.draft === 'open' ? 'drafting/no-session' : 'drafting/closed')
    if (versionOf(state, versionId)) return refuse('conflict', 'drafting/closed')
    if (view.state(restoringFold, 'all')?.pending) return refuse('conflict', 'drafting/restoring')
    if (revision !== head.revision || revision !== closing.revision) return refuse('conflict', 'drafting/text-moved-on')
    const waiting = readinessOfSides(view, revision).filter((side) => !side.ready)
    if (waiting.length > 0) return refuse('conflict', 'drafting/not-all-ready', { details: { sides: waiting.map((side) => side.name) } })
    const left = closing.faults.filter((fault) => isToConfirm(fault) && confirmed.some((each) => isSameFault(each, fault)))
    const standing = closing.faults.filter((fault) => !left.includes(fault))
    if (standing.length > 0) return refuse('conflict', 'drafting/closing-faults', { details: faultDetails(standing) })
    const recorded = confirmed.filter((each) => left.some((fault) => isSameFault(each, fault)))
    return decided(newEvent(freezeRequested, 'all', { versionId, revision, ...(recorded.length > 0 && { confirmed: recorded }) }))
  },
})

/** All of them at once; the device finds the same ones in its own text. */
function faultDetails(faults: readonly ClosingFault[]) {
  return { places: faults.length, faults: faults.map(({ kind, clause, found }) => [kind, clause ?? '', found].join('|')) }
}

export const cancelFreezeRule = systemRule({
  command: freezeCancel,
  sees: () => ['all'],
  decide(view, input) {
    const phase = view.state(draftFold, 'all')?.phase
    if (phase?.kind !== 'freezing' || phase.versionId !== input.versionId) return decided()
    return decided(newEvent(freezeCancelled, 'all', input))
  },
})

/** The signers' own audience begins here: everything that later makes the agreement stands in its chain, and nothing else does. */
export const freezeVersionRule = systemRule({
  command: versionFreeze,
  sees: () => ['case', 'all'],
  decide(view, input, { now }) {
    const phase = view.state(draftFold, 'all')?.phase
    const state = view.state(caseFold, 'case')
    if (!state?.facts || phase?.kind !== 'freezing' || phase.versionId !== input.versionId || phase.revision !== input.revision)
      return decided()
    const signers = signersOf(view, state, now)
    const room = signersAudience(input.versionId)
    const body = { ...input, signers: [...signers] }
    return decided(
      newEvent(versionFrozen, 'all', body),
      ...signers.map((participantId) => newEvent(roomJoined, room, { participantId })),
      newEvent(versionFrozen, room, body),
    )
  },
})

/**
 * Who signs: of each side its parties in the joint session, or, where none of them is there, its representatives (art. 27(1)), who sign
 * beside a party under age, too; lawyers who only advise and whoever belongs to no side sign nothing;
 * the mediators last (art. 27(2)). Who comes into the case later, or is corrected, changes nothing of a version that is closed already.
 */
function signersOf(view: View, state: CaseState, now: number): readonly ParticipantId[] {
  if (!state.facts) return []
  const all = view.state(roomFold, 'all')
  const present = ({ id }: { id: ParticipantId }) => readsAt(all, id, now)
  const ofSides = state.facts.sides.flatMap((side) => {
    const there = speakersOf(state, side.id).filter(present)
    const parties = there.filter((person) => !actsByAuthority(person))
    const alone = parties.length > 0 && !parties.some(({ minor }) => minor)
    return (alone ? parties : there).map((person) => person.id)
  })
  return [
    ...ofSides,
    ...mediatorsOf(state)
      .filter(present)
      .map(({ id }) => id),
  ]
}

/** What a decision of signing adds when all may know whose wish it is: the draft opens again. */
export function reopenEvent(versionId: VersionId): NewEvent {
  return newEvent(draftReopened, 'all', { versionId })
}

/** Follows from a no that its author told to the mediator alone: the event of all bears nobody's name. Doing it again changes nothing. */
export const reopenDraftRule = systemRule({
  command: draftReopen,
  sees: () => ['all'],
  decide: (view, { versionId }) => (isFrozen(view, versionId) ? decided(reopenEvent(versionId)) : decided()),
})

/** True while this version is the one that is closed. */
export function isFrozen(view: View, versionId: VersionId): boolean {
  const phase = view.state(draftFold, 'all')?.phase
  return phase?.kind === 'frozen' && phase.versionId === versionId
}
