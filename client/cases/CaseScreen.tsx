// One case in the office: who is invited and how far each has come, what was agreed at the start, and the door to the room.
import { useLoad } from '#client/http/use-load.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { InvitationCard } from '#client/identity/invitations/InvitationCard.tsx'
import { ReadOutCodes } from '#client/identity/ReadOutCodes.tsx'
import { OfficeFrame } from '#client/identity/staff/OfficeFrame.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { sideHue } from '#client/ui/base/who.ts'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import type { CaseBody, CasePerson } from '#shared/cases/case-protocol.ts'
import { type CaseSummary, caseLook } from '#shared/cases/case-routes.ts'
import { type Invitation, invitationList } from '#shared/identity/invitation-protocol.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { PhaseChip } from './PhaseChip.tsx'
import { RoomLink } from './RoomLink.tsx'
import './cases.css'

interface Found {
  readonly summary: CaseSummary
  readonly facts: CaseBody
  readonly invitations: readonly Invitation[]
  readonly gateways: { readonly mail: boolean; readonly sms: boolean }
}

export function CaseScreen({ caseId }: { caseId: CaseId }) {
  const call = useStaffCall()
  const found = useLoad(caseId, async (): Promise<Found> => {
    const [look, list] = await Promise.all([call(caseLook, { caseId }), call(invitationList, { caseId })])
    return { ...look, ...list }
  })
  const put = (invitation: Invitation) =>
    found.change((before) => ({
      ...before,
      invitations: before.invitations.map((each) => (each.id === invitation.id ? invitation : each)),
    }))
  return (
    <OfficeFrame width="wide">
      {found.state.kind === 'loading' && <Skeleton lines={8} />}
      {found.state.kind === 'refused' && <ErrorState problem={found.state.problem} onRetry={() => void found.reload()} />}
      {found.state.kind === 'here' && <OneCase found={found.state.value} onChange={put} />}
    </OfficeFrame>
  )
}

function OneCase({ found, onChange }: { found: Found; onChange: (invitation: Invitation) => void }) {
  const t = useTexts()
  const { summary, facts, invitations } = found
  const { caseId } = summary
  return (
    <div className="case">
      <header className="case-head">
        <Stack gap={2}>
          <div className="case-title">
            <h1>{facts.title}</h1>
            <PhaseChip phase={summary.phase} />
          </div>
          <Muted>{facts.subject}</Muted>
        </Stack>
        <div className="case-door">
          <RoomLink caseId={caseId} kind="primary" size="l" wide />
          <Muted small>{t('cases.enter.note')}</Muted>
        </div>
      </header>
      <div className="case-body">
        <div className="case-people">
          <ReadOutCodes caseId={caseId} nameOf={(id) => facts.people.find((person) => person.id === id)?.name ?? ''} />
          <Stack gap={1}>
            <h2>{t('cases.people')}</h2>
            <Muted>{t('cases.people.lead')}</Muted>
          </Stack>
          {facts.sides.map((side, index) => (
            <section key={side.id} className="case-side" data-who={sideHue(index)} aria-label={side.name}>
              <h3>{side.name}</h3>
              <ul className="office-list">
                {facts.people
                  .filter((person) => person.sideId === side.id)
                  .map((person) => {
                    const invitation = invitations.find((each) => each.participantId === person.id)
                    if (!invitation) return null
                    return (
                      <InvitationCard
                        key={person.id}
                        invitation={invitation}
                        name={person.name}
                        note={noteOf(person, t)}
                        who={sideHue(index)}
                        mediatorName={facts.mediator.name}
                        gateways={found.gateways}
                        onChange={onChange}
                      />
                    )
                  })}
              </ul>
            </section>
          ))}
        </div>
        <aside className="case-aside">
          <Facts facts={facts} openedAt={summary.openedAt} />
        </aside>
      </div>
    </div>
  )
}

function noteOf({ role, authority, language }: CasePerson, t: Translate): string {
  return [t(`cases.role.${role}`), authority, t(`cases.language.${language}`)].filter(Boolean).join(' · ')
}

function Facts({ facts, openedAt }: { facts: CaseBody; openedAt: number }) {
  const t = useTexts()
  const f = useFormats()
  const [year, month, day] = facts.agreement.date.split('-')
  const rows = [
    [t('cases.category'), t(`cases.category.${facts.category}`)],
    [t('cases.voice'), t(`cases.voice.${facts.voice}`)],
    [t('cases.draft-language'), t(`cases.language.${facts.draftLanguage}`)],
    [t('cases.agreement'), `${day}.${month}.${year}, ${facts.agreement.place}`],
    [t('cases.mediator'), [facts.mediator.name, facts.mediator.organisation, facts.mediator.registerNumber].filter(Boolean).join(', ')],
    [t('cases.opened-on'), f.date(openedAt)],
  ]
  return (
    <Card as="section">
      <Stack gap={3}>
        <h2>{t('cases.facts')}</h2>
        <dl className="case-facts">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </Card>
  )
}
