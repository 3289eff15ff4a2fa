// Opens a case: its log, its line in the mediator's list, an invitation for each person.
import { type CaseBody, caseMediatorField } from '#shared/cases/case-protocol.ts'
import type { CaseRouteReason, NewCase } from '#shared/cases/case-routes.ts'
import { isComplete, type MediatorProfile } from '#shared/identity/identity-protocol.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type AccountId, asId, type CaseId, type InvitationId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { localDay } from '#shared/kernel/time-zone.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { CaseRecord } from './case-records.ts'

/** What a case needs to know of the account that opens it. */
export interface MediatorFacts extends Pick<MediatorProfile, 'name' | 'organisation' | 'noOrganisation' | 'registerNumber'> {
  readonly language: Locale
}

export interface Invited {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly mediatorAccountId: AccountId
  readonly mediatorName: string
  readonly name: string
  readonly language: Locale
  readonly phone: string | undefined
  readonly email: string | undefined
}

/** Makes somebody's invitation. */
export type Invite = (person: Invited) => Promise<InvitationId>

interface Deps {
  /** Opens the case's log and its rooms. */
  readonly openLog: (caseId: CaseId, body: CaseBody) => Promise<unknown>
  /** Puts the case into its mediator's list. */
  readonly list: (record: CaseRecord) => Promise<void>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly mediatorFacts: (account: AccountId) => Promise<MediatorFacts | undefined>
  readonly invite: Invite
}

export interface OpenedCase {
  readonly caseId: CaseId
  /** In the order in which the people were entered. */
  readonly invited: readonly { readonly participantId: ParticipantId; readonly name: string; readonly invitationId: InvitationId }[]
}

export function makeOpenCase({ openLog, list, clock, entropy, mediatorFacts, invite }: Deps) {
  const newId = () => base64url(entropy.bytes(16, 'case'))

  return async (account: AccountId, input: NewCase): Promise<OpenedCase> => {
    const mediator = await mediatorFacts(account)
    if (!mediator) throw new AppError({ kind: 'not-found' })
    if (!isComplete(mediator)) throw refusedProfile('cases/profile-incomplete')
    const caseId = asId<CaseId>(newId())
    const sides = input.sides.map((side) => ({ ...side, id: asId<SideId>(newId()) }))
    const people = sides.flatMap((side) => side.people.map((person) => ({ ...person, sideId: side.id, id: asId<ParticipantId>(newId()) })))
    const body: CaseBody = {
      title: input.title,
      number: input.number ?? caseNumber(clock.now(), entropy.bytes(4, 'case')),
      category: input.category,
      subject: input.subject,
      voice: input.voice,
      draftLanguage: input.draftLanguage,
      agreement: input.agreement,
      ...(input.conductedBy === undefined ? {} : { conductedBy: input.conductedBy }),
      mediator: printedMediator(asId<ParticipantId>(newId()), mediator),
      sides: sides.map(({ people: _people, ...side }) => side),
      people: people.map(({ phone: _phone, email: _email, ...person }) => person),
    }
    await openLog(caseId, body)
    // The log is the truth; whatever of the rest a crash leaves undone leaves an unlisted case behind, and the mediator opens it anew.
    const invited: OpenedCase['invited'][number][] = []
    for (const { id: participantId, name, language, phone, email } of people) {
      const invitationId = await invite({
        caseId,
        participantId,
        mediatorAccountId: account,
        mediatorName: mediator.name,
        name,
        language,
        phone,
        email,
      })
      invited.push({ participantId, name, invitationId })
    }
    await list({
      caseId,
      title: input.title,
      category: input.category,
      openedAt: clock.now(),
      sides: sides.map((side) => side.name),
      mediatorParticipantId: body.mediator.id,
      mediatorAccountId: account,
    })
    return { caseId, invited }
  }
}

/** Drawn, not counted: a number that counts would tell every party how many cases there are. */
function caseNumber(now: number, drawn: Uint8Array): string {
  const digits = String(new DataView(drawn.buffer, drawn.byteOffset).getUint32(0) % 1_000_000).padStart(6, '0')
  return `${localDay(now).slice(0, 4)}-${digits}`
}

/** A profile may be older than the table of letters; the form for a case has no field that could be blamed for it. */
function printedMediator(id: ParticipantId, { name, language, organisation, registerNumber }: MediatorFacts): CaseBody['mediator'] {
  const facts = { id, name, language, ...(organisation ? { organisation } : {}), ...(registerNumber ? { registerNumber } : {}) }
  try {
    return safeParse(caseMediatorField, facts)
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    throw refusedProfile('cases/own-profile', cause)
  }
}

function refusedProfile(reason: CaseRouteReason, cause?: unknown): AppError {
  return new AppError({ kind: 'conflict', reason }, { cause })
}
