// The people of a case side by side, with what has gone out to each; here they are corrected and others added until the case is closed.
import { type ReactNode, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useRequest } from '#client/http/use-request.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { InvitationCard } from '#client/identity/invitations/InvitationCard.tsx'
import { ReadOutCodes } from '#client/identity/ReadOutCodes.tsx'
import { shownPhone } from '#client/identity/staff/tidy-phone.ts'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card, PersonLine } from '#client/ui/base/surfaces.tsx'
import { sideHue, type Who } from '#client/ui/base/who.ts'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { MAX_PEOPLE_APART, MAX_PEOPLE_PER_SIDE } from '#shared/cases/case-protocol.ts'
import { casePersonAdd, casePersonCorrect } from '#shared/cases/case-routes.ts'
import { mediatorsOf, nameIn, peopleApart, peopleOf } from '#shared/cases/case-state.ts'
import { type AddedRole, APART_ROLES, addedRoleOf, SIDE_ROLES } from '#shared/cases/people-fields.ts'
import type { Side } from '#shared/cases/people-protocol.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import type { Invitation } from '#shared/identity/invitation-protocol.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { Found } from './CaseScreen.tsx'
import { PersonDialog } from './PersonDialog.tsx'

interface CasePeopleProps {
  readonly found: Found
  /** Whose link or code is what the mediator does next. */
  readonly next: ParticipantId | undefined
  readonly onChange: (invitation: Invitation) => void
  readonly onPeople: () => Promise<void>
}

type Open =
  | { readonly kind: 'add'; readonly side: Side | undefined; readonly insteadOf?: CasePerson }
  | { readonly kind: 'correct'; readonly person: CasePerson; readonly invitation: Invitation }

export function CasePeople({ found, next, onChange, onPeople }: CasePeopleProps) {
  const t = useTexts()
  const [open, setOpen] = useState<Open>()
  const { summary, facts, invitations, gateways } = found
  const { caseId, phase } = summary
  const close = () => setOpen(undefined)
  const changed = async () => {
    await onPeople()
    close()
  }
  const card = (person: CasePerson, hue: Who): ReactNode => {
    const invitation = invitations.find((each) => each.participantId === person.id)
    const note = noteOf(person, t)
    if (!invitation) return <Uninvited key={person.id} {...{ caseId, person, note }} who={hue} onInvited={onPeople} />
    return (
      <InvitationCard
        key={person.id}
        {...{ invitation, note, gateways, onChange }}
        name={person.name}
        who={hue}
        isNext={person.id === next}
        mediatorName={mediatorsOf({ facts })[0]?.name ?? ''}
        {...(phase === 'closed' || person.endedAt !== undefined
          ? {}
          : {
              onCorrect: () => setOpen({ kind: 'correct', person, invitation }),
              onReplace: () => setOpen({ kind: 'add', side: facts.sides.find(({ id }) => id === person.sideId), insteadOf: person }),
            })}
      />
    )
  }
  return (
    <div className="case-people">
      <ReadOutCodes caseId={caseId} nameOf={(id) => nameIn({ facts }, id) ?? ''} />
      <Stack gap={1}>
        <h2>{t('cases.people')}</h2>
        <Muted>{t('cases.people.lead')}</Muted>
      </Stack>
      {facts.sides.map((side, index) => (
        <section key={side.id} className="case-side" data-who={sideHue(index)} aria-label={side.name}>
          <h3>{side.name}</h3>
          <ul className="ui-card-list">
            {facts.people.filter(({ sideId }) => sideId === side.id).map((person) => card(person, sideHue(index)))}
          </ul>
          {phase !== 'closed' && peopleOf({ facts }, side.id).length < MAX_PEOPLE_PER_SIDE && (
            <div>
              <Button icon="plus" onClick={() => setOpen({ kind: 'add', side })}>
                {t('cases.person.add')}
              </Button>
            </div>
          )}
        </section>
      ))}
      <section className="case-side" aria-label={t('cases.apart')}>
        <Stack gap={1}>
          <h3>{t('cases.apart')}</h3>
          <Muted>{t('cases.apart.lead')}</Muted>
        </Stack>
        <ul className="ui-card-list">
          {facts.people.filter((person) => person.sideId === undefined && !mediates(person)).map((person) => card(person, 'self'))}
        </ul>
        {phase !== 'closed' && peopleApart({ facts }).length < MAX_PEOPLE_APART && (
          <div>
            <Button icon="plus" onClick={() => setOpen({ kind: 'add', side: undefined })}>
              {t('cases.person.add')}
            </Button>
          </div>
        )}
      </section>
      {open?.kind === 'add' && (
        <Adding
          {...{ caseId }}
          side={open.side}
          insteadOf={open.insteadOf}
          language={facts.draftLanguage}
          onDone={changed}
          onClose={close}
        />
      )}
      {open?.kind === 'correct' && (
        <Correcting {...{ caseId }} person={open.person} invitation={open.invitation} onDone={changed} onClose={close} />
      )}
    </div>
  )
}

interface DialogProps {
  readonly caseId: CaseId
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

interface AddingProps extends DialogProps {
  readonly side: Side | undefined
  /** Who goes in the same moment. */
  readonly insteadOf: CasePerson | undefined
  readonly language: Locale
}

/** Somebody more for a side, most often a representative, or for none; or in the place of another. */
function Adding({ caseId, side, insteadOf, language, onDone, onClose }: AddingProps) {
  const t = useTexts()
  const call = useStaffCall()
  // One id for as long as the dialog is open: what is sent twice is one person.
  const [participantId] = useState(() => asId<ParticipantId>(randomId()))
  return (
    <PersonDialog
      title={
        insteadOf
          ? t('cases.person.replace.title', { name: insteadOf.name })
          : t('cases.person.add.title', { side: side?.name ?? t('cases.apart') })
      }
      note={insteadOf ? t('cases.person.replace.note', { name: insteadOf.name }) : t('cases.person.add.note')}
      action={insteadOf ? t('cases.person.replace') : t('cases.person.add.do')}
      first={{ name: '', role: firstRole(side, insteadOf), authority: '', language, phone: '', email: '' }}
      roles={side ? SIDE_ROLES : APART_ROLES}
      send={async (person) => {
        const place = { ...(side ? { sideId: side.id } : {}), ...(insteadOf ? { insteadOf: insteadOf.id } : {}) }
        await call(casePersonAdd, { caseId, participantId, ...place, ...person })
        await onDone()
      }}
      onClose={onClose}
    />
  )
}

/** A name that was typed wrong, a new number: what the case says of somebody goes into its log, where they are reached stays with the invitation. */
function Correcting({
  caseId,
  person,
  invitation: { contacts },
  onDone,
  onClose,
}: DialogProps & { readonly person: CasePerson; readonly invitation: Invitation }) {
  const t = useTexts()
  const call = useStaffCall()
  const { id: participantId, name, role, authority = '', language, minor } = person
  return (
    <PersonDialog
      title={t('cases.person.correct.title', { name })}
      note={t('cases.person.correct.note')}
      action={t('ui.save')}
      first={{
        name,
        role: addedRoleOf(role) ?? 'party',
        authority,
        language,
        minor,
        phone: shownPhone(contacts.phone),
        email: contacts.email,
      }}
      send={async ({ role: _role, phone = '', email = '', ...facts }) => {
        await call(casePersonCorrect, { caseId, participantId, commandId: asId<CommandId>(randomId()), ...facts, phone, email })
        await onDone()
      }}
      onClose={onClose}
    />
  )
}

interface UninvitedProps {
  readonly caseId: CaseId
  readonly person: CasePerson
  readonly note: string
  readonly who: Who
  readonly onInvited: () => Promise<void>
}

/** A server that stopped between adding somebody and inviting them: asked once more, it does the rest. */
function Uninvited({ caseId, person, note, who, onInvited }: UninvitedProps) {
  const t = useTexts()
  const call = useStaffCall()
  const request = useRequest()
  const { id: participantId, sideId, role, name, authority, language, minor } = person
  const invite = () =>
    request.run(async () => {
      const added = addedRoleOf(role)
      if (!added) return
      const more = {
        ...(sideId === undefined ? {} : { sideId }),
        ...(authority === undefined ? {} : { authority }),
        ...(minor ? { minor } : {}),
      }
      await call(casePersonAdd, { caseId, participantId, role: added, name, language, ...more })
      await onInvited()
    })
  return (
    <Card as="li" tight>
      <Stack gap={3}>
        <PersonLine name={name} who={who} away note={note} />
        {request.problem && <ProblemBanner problem={request.problem} onClose={request.clear} />}
        <Muted>{t('cases.person.no-invitation')}</Muted>
        <div>
          <Button busy={request.busy} onClick={() => void invite()}>
            {t('cases.person.invite')}
          </Button>
        </div>
      </Stack>
    </Card>
  )
}

function firstRole(side: Side | undefined, insteadOf: CasePerson | undefined): AddedRole {
  return (insteadOf && addedRoleOf(insteadOf.role)) ?? (side ? 'representative' : 'interpreter')
}

function noteOf({ role, authority, language, endedAt, minor }: CasePerson, t: Translate): string {
  const added = addedRoleOf(role)
  const words = [added && t(`cases.role.${added}`), minor && t('cases.person.minor'), authority, t(`cases.language.${language}`)]
  return [...words, endedAt !== undefined && t('cases.person.out')].filter(Boolean).join(' · ')
}
