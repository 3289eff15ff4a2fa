// A version and a person's place in it, as the case's state has them; what this person may not know of is not-found.
import { actorOf } from '#server/cases/actor-of.ts'
import { type LoadedCase, type Readers, viewFor } from '#server/log/case-state.ts'
import { caseFold, personIn } from '#shared/cases/case-state.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { signs } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import type { Signer } from '#shared/signing/chain-fields.ts'
import { signersFold } from '#shared/signing/signers-state.ts'
import { knownVersion } from '#shared/signing/signing-view.ts'

export interface VersionForPerson {
  readonly actor: Person
  readonly view: View
  readonly version: FrozenVersion
}

export function versionForPerson(
  state: LoadedCase,
  { caseId, participantId, versionId }: { caseId: CaseId; participantId: ParticipantId; versionId: VersionId },
  readers: Readers,
): VersionForPerson {
  const actor = actorOf(state, caseId, participantId)
  const view = actor && viewFor(state, actor, readers, [])
  const version = view && knownVersion(view, versionId)
  if (!version) throw new AppError({ kind: 'not-found' })
  return { actor, view, version }
}

/**
 * The signers of a version as its certificates and papers name them: as its own sealed record does. A name that is corrected later is
 * corrected in the case, never in what was closed for signing before.
 */
export function signersOfVersion(view: Pick<View, 'state'>, { versionId, signers }: FrozenVersion): readonly Signer[] {
  return view.state(signersFold, signersAudience(versionId))?.frozen?.signers ?? namedSigners(view, signers)
}

/** As the case names them now; what the record of a version that is just being closed says. */
export function namedSigners(view: Pick<View, 'state'>, signers: readonly ParticipantId[]): Signer[] {
  const state = view.state(caseFold, 'case')
  return signers.map((participantId): Signer => {
    const person = state && personIn(state, participantId)
    if (!person || !signs(person)) throw new Error('a signer whom the case does not know as one')
    const side = state.facts?.sides.find((each) => each.id === person.sideId)
    return { participantId, name: person.name, role: person.role, ...(side ? { side: side.name } : {}) }
  })
}

/** Languages of the case: the draft's and its people's, in one fixed order. */
export function languagesOf(view: View): Locale[] {
  const facts = view.state(caseFold, 'case')?.facts
  const spoken = new Set<Locale>(facts ? [facts.draftLanguage, ...facts.people.map((each) => each.language)] : [])
  return LOCALES.filter((locale) => spoken.has(locale))
}
