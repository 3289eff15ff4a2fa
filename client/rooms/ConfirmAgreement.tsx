// Before anything begins each person confirms for themselves the agreement to mediate (art. 20, 21), the explanation that the mediator
// owes them (art. 10(2)) and the remote form (art. 17(1)). Nothing is ticked beforehand.
import type { ReactNode } from 'react'
import { RichText, useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { PageActions, PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { useTickInEntry } from '#client/ui/state/use-tick-in-entry.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { personView } from './people.ts'
import { RoomHeader } from './RoomHeader.tsx'
import { roleBadge } from './role-words.ts'
import { useCase } from './use-room.ts'

const EXPLANATION = ['aim', 'voluntary', 'equal', 'confidential', 'independent', 'procedure', 'rights', 'effect'] as const

/** `who`: in whose name it is confirmed, on a phone that several people use. */
export function ConfirmAgreement({ items, who }: { items: readonly MenuItem[]; who: ReactNode }) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const [agreement, setAgreement] = useTickInEntry('agreement')
  const [explanation, setExplanation] = useTickInEntry('explanation')
  const [remoteForm, setRemoteForm] = useTickInEntry('remoteForm')
  const { facts } = state
  if (!facts) return null
  const mediating = mediates(me)
  const person = personView(state, me.id)
  const role = person && roleBadge(person, t)
  const all = agreement && explanation && remoteForm
  const confirm = () => {
    if (agreement && explanation && remoteForm) void run(agreementConfirm, { agreement, explanation, remoteForm })
  }
  return (
    <PageFrame
      width="normal"
      header={
        <header className="ui-header">
          <RoomHeader title={facts.title} items={items} />
        </header>
      }
    >
      <Stack gap={5}>
        <Stack gap={2}>
          <h1>{mediating ? t('rooms.confirm.title-mediator') : t('rooms.confirm.title')}</h1>
          <Muted>{mediating ? t('rooms.confirm.words-mediator') : t('rooms.confirm.words')}</Muted>
        </Stack>
        <Card>
          <Stack gap={3}>
            <h2>{t('rooms.confirm.agreement')}</h2>
            <AgreementFacts />
            <Checkbox framed checked={agreement} onChange={setAgreement}>
              {role !== undefined
                ? t('rooms.confirm.tick-agreement-other', { role })
                : t(mediating ? 'rooms.confirm.tick-agreement-mediator' : 'rooms.confirm.tick-agreement')}
            </Checkbox>
          </Stack>
        </Card>
        <Card>
          <Stack gap={3}>
            <h2>{t('rooms.confirm.explanation')}</h2>
            <ul className="rooms-list">
              {EXPLANATION.map((part) => (
                <li key={part}>
                  <RichText id={`rooms.confirm.explain.${part}`} marks={{ b: <strong /> }} />
                </li>
              ))}
            </ul>
            <Checkbox framed checked={explanation} onChange={setExplanation}>
              {mediating ? t('rooms.confirm.tick-explanation-mediator') : t('rooms.confirm.tick-explanation')}
            </Checkbox>
          </Stack>
        </Card>
        <Card>
          <Stack gap={3}>
            <h2>{t('rooms.confirm.remote')}</h2>
            <p>{facts.voice === 'phone' ? t('rooms.confirm.remote-phone') : t('rooms.confirm.remote-text')}</p>
            <Checkbox framed checked={remoteForm} onChange={setRemoteForm}>
              {t('rooms.confirm.tick-remote')}
            </Checkbox>
          </Stack>
        </Card>
        {problem && <ProblemBanner problem={problem} />}
        {who}
        <PageActions>
          <Button kind="primary" size="l" busy={busy} disabled={!all} onClick={confirm}>
            {all ? t('rooms.confirm.do') : t('rooms.confirm.tick-all')}
          </Button>
        </PageActions>
      </Stack>
    </PageFrame>
  )
}

function AgreementFacts() {
  const t = useTexts()
  const f = useFormats()
  const { state } = useCase()
  const { facts } = state
  if (!facts) return null
  const date = f.date(Date.parse(`${facts.agreement.date}T00:00:00+05:00`))
  return (
    <dl className="rooms-facts">
      <dt>{t('rooms.confirm.date')}</dt>
      <dd>{t('rooms.confirm.date-place', { date, place: facts.agreement.place })}</dd>
      <dt>{t('rooms.confirm.subject')}</dt>
      <dd>{facts.subject}</dd>
      <dt>{t('rooms.confirm.sides')}</dt>
      <dd>{facts.sides.map(({ name }) => name).join(' · ')}</dd>
      <dt>{t('rooms.confirm.mediator')}</dt>
      {mediatorsOf(state).map((mediator) => (
        <dd key={mediator.id}>
          {mediator.name}
          {mediator.organisation && <Muted small>{mediator.organisation}</Muted>}
          {mediator.registerNumber && <Muted small>{t('rooms.confirm.register', { number: mediator.registerNumber })}</Muted>}
        </dd>
      ))}
    </dl>
  )
}
