// One case in the office: who is invited and how far each has come, what was agreed at the start, and the door to the room.
import { useState } from 'react'
import { useLoad } from '#client/http/use-load.ts'
import type { TextId } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { nextAct } from '#client/identity/invitations/invitation-words.ts'
import { OfficeFrame } from '#client/identity/staff/OfficeFrame.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { type CaseSummary, caseLook } from '#shared/cases/case-routes.ts'
import { type CaseFacts, mediatorsOf, nameIn, peopleOf } from '#shared/cases/case-state.ts'
import type { Correction } from '#shared/cases/corrections-state.ts'
import { type CasePhase, isMediationOver } from '#shared/cases/phases.ts'
import { type Invitation, invitationList } from '#shared/identity/invitation-protocol.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { CaseMediators } from './CaseMediators.tsx'
import { CasePeople } from './CasePeople.tsx'
import { NumberDialog, TitleDialog } from './CorrectionDialogs.tsx'
import { Corrections } from './Corrections.tsx'
import { PhaseChip } from './PhaseChip.tsx'
import { RoomLink } from './RoomLink.tsx'
import './reasons.ts'
import './cases.css'

export interface Found {
  readonly summary: CaseSummary
  readonly facts: CaseFacts
  readonly corrections: readonly Correction[]
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
      {found.state.kind === 'here' && <OneCase found={found.state.value} onChange={put} onPeople={found.reload} />}
    </OfficeFrame>
  )
}

/** What is true of the room behind the door. */
const ENTRANCE = {
  preparing: 'cases.enter.note',
  mediating: 'cases.enter.note',
  performing: 'cases.enter.performing',
  closed: 'cases.enter.closed',
} as const satisfies Record<CasePhase, TextId>

interface OneCaseProps {
  readonly found: Found
  readonly onChange: (invitation: Invitation) => void
  /** Something of the case was corrected, or somebody added. */
  readonly onPeople: () => Promise<void>
}

function OneCase({ found, onChange, onPeople }: OneCaseProps) {
  const { summary, facts, corrections } = found
  const next = nextToInvite(found)
  const t = useTexts()
  const [correcting, setCorrecting] = useState<'title' | 'number'>()
  const { caseId, phase } = summary
  const close = () => setCorrecting(undefined)
  const correction = {
    ...{ caseId, facts, onClose: close },
    async onDone() {
      await onPeople()
      close()
    },
  }
  return (
    <div className="case">
      <header className="case-head">
        <Stack gap={2}>
          <div className="case-title">
            <h1>{facts.title}</h1>
            <PhaseChip phase={summary.phase} inSession={summary.inSession} />
            {phase !== 'closed' && <IconButton icon="pen" label={t('cases.title.correct')} onClick={() => setCorrecting('title')} />}
          </div>
          <Muted>{facts.subject}</Muted>
        </Stack>
        <div className="case-entrance">
          <RoomLink caseId={caseId} kind={next === undefined ? 'primary' : 'plain'} size="l" wide />
          <Muted small>{t(ENTRANCE[summary.phase])}</Muted>
        </div>
      </header>
      <div className="case-body">
        <CasePeople found={found} next={next} onChange={onChange} onPeople={onPeople} />
        <aside className="case-aside">
          <Facts facts={facts} openedAt={summary.openedAt} onNumber={isMediationOver(phase) ? undefined : () => setCorrecting('number')} />
          <CaseMediators {...{ caseId, facts, phase }} />
          {corrections.length > 0 && (
            <Card>
              <Corrections corrections={corrections} nameOf={(id) => nameIn({ facts }, id) ?? ''} />
            </Card>
          )}
        </aside>
      </div>
      {correcting === 'title' && <TitleDialog {...correction} />}
      {correcting === 'number' && <NumberDialog {...correction} />}
    </div>
  )
}

/** Whose link or code is the mediator's next step, in the order of the page; undefined: it is the room. Who is locked out waits in a session too. */
function nextToInvite({ summary, facts, invitations }: Found): ParticipantId | undefined {
  if (isMediationOver(summary.phase)) return undefined
  const present = facts.sides.flatMap(({ id }) => peopleOf({ facts }, id).map((person) => person.id))
  const waiting = present.flatMap((id) => invitations.filter((each) => each.participantId === id && nextAct(each) !== 'nothing'))
  const locked = waiting.find(({ state }) => state === 'locked')
  return (locked ?? (summary.inSession ? undefined : waiting[0]))?.participantId
}

interface FactsProps {
  readonly facts: CaseFacts
  readonly openedAt: number
  /** Corrects the number; undefined where it stays as it is. */
  readonly onNumber: (() => void) | undefined
}

function Facts({ facts, openedAt, onNumber }: FactsProps) {
  const t = useTexts()
  const f = useFormats()
  const [year, month, day] = facts.agreement.date.split('-')
  const rows: readonly (readonly [string, string])[] = [
    [t('cases.category'), t(`cases.category.${facts.category}`)],
    [t('cases.voice'), t(`cases.voice.${facts.voice}`)],
    [t('cases.draft-language'), t(`cases.language.${facts.draftLanguage}`)],
    [t('cases.agreement'), `${day}.${month}.${year}, ${facts.agreement.place}`],
    ...mediatorsOf({ facts }).map(({ name, organisation, registerNumber }): [string, string] => [
      t('cases.mediator'),
      [name, organisation, registerNumber].filter(Boolean).join(', '),
    ]),
    [t('cases.opened-on'), f.date(openedAt)],
  ]
  return (
    <Card as="section">
      <Stack gap={3}>
        <h2>{t('cases.facts')}</h2>
        <dl className="case-facts">
          {(facts.number !== undefined || onNumber) && (
            <div className="case-number">
              <dt>{t('cases.number')}</dt>
              <dd>{facts.number ?? t('cases.corrections.none')}</dd>
              {onNumber && <IconButton icon="pen" label={t('cases.number.correct')} onClick={onNumber} />}
            </div>
          )}
          {rows.map(([name, value]) => (
            <div key={`${name} ${value}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </Card>
  )
}
