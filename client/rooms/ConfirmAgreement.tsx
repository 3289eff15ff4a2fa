// Before anything begins each person confirms for themselves the agreement to mediate (art. 20, 21), the explanation that the mediator
// owes them (art. 10(2)) and the remote form (art. 17(1)). Nothing is ticked beforehand.
import { type ReactNode, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
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
import { isMedia } from '#client/ui/state/use-media.ts'
import { useTickInEntry } from '#client/ui/state/use-tick-in-entry.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { mediatorsOf } from '#shared/cases/case-state.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { AloudHere } from './aloud/AloudHere.tsx'
import { personView } from './people.ts'
import { RoomHeader } from './RoomHeader.tsx'
import { roleBadge } from './role-words.ts'
import { useCase } from './use-room.ts'

const EXPLANATION = ['aim', 'voluntary', 'equal', 'confidential', 'independent', 'procedure', 'rights', 'effect'] as const

interface ConfirmAgreementProps {
  readonly items: readonly MenuItem[]
  /** In whose name it is confirmed, on a phone that several people use. */
  readonly who: ReactNode
}

/** On a phone one question a screen: whoever reads badly, or listens, has one thing before them. */
export function ConfirmAgreement({ items, who }: ConfirmAgreementProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const ticks = [useTickInEntry('agreement'), useTickInEntry('explanation'), useTickInEntry('remoteForm')] as const
  const [oneByOne] = useState(() => isMedia('phone'))
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      ticks.findIndex(([ticked]) => !ticked),
    ),
  )
  const shown = useRef<HTMLDivElement>(null)
  const { facts } = state
  if (!facts) return null
  const mediating = mediates(me)
  const [[agreement], [explanation], [remoteForm]] = ticks
  const confirm = () => {
    if (agreement && explanation && remoteForm) void run(agreementConfirm, { agreement, explanation, remoteForm })
  }
  const go = (to: number) => {
    flushSync(() => setAt(to))
    // another screen: read from its head
    document.documentElement.scrollTop = 0
    shown.current?.querySelector('h2')?.focus({ preventScroll: true })
  }
  const all = agreement && explanation && remoteForm
  const last = !oneByOne || at === QUESTIONS.length - 1
  const ready = oneByOne ? ticks[at]?.[0] === true : all
  const missing = oneByOne ? 'rooms.confirm.tick-this' : 'rooms.confirm.tick-all'
  const words = !ready ? missing : last ? 'rooms.confirm.do' : 'ui.next'
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
          {(!oneByOne || at === 0) && <Muted>{mediating ? t('rooms.confirm.words-mediator') : t('rooms.confirm.words')}</Muted>}
          {oneByOne && <Muted>{t('rooms.confirm.question', { number: at + 1, of: QUESTIONS.length })}</Muted>}
        </Stack>
        <AloudHere of={shown} />
        <div ref={shown}>
          <Stack gap={5}>
            {QUESTIONS.map(({ id, Question }, number) => {
              const tick = ticks[number]
              return tick && (!oneByOne || number === at) ? (
                <Card key={id}>
                  <Stack gap={3}>
                    <Question ticked={tick[0]} onTick={tick[1]} />
                  </Stack>
                </Card>
              ) : null
            })}
          </Stack>
        </div>
        {problem && <ProblemBanner problem={problem} />}
        {who}
        <PageActions>
          {oneByOne && at > 0 && (
            <Button size="l" onClick={() => go(at - 1)}>
              {t('ui.back')}
            </Button>
          )}
          <Button kind="primary" size="l" busy={busy} disabled={!ready} onClick={() => (last ? confirm() : go(at + 1))}>
            {t(words)}
          </Button>
        </PageActions>
      </Stack>
    </PageFrame>
  )
}

interface QuestionProps {
  readonly ticked: boolean
  readonly onTick: (ticked: boolean) => void
}

const QUESTIONS = [
  { id: 'agreement', Question: AgreementQuestion },
  { id: 'explanation', Question: ExplanationQuestion },
  { id: 'remote', Question: RemoteQuestion },
] as const

function AgreementQuestion({ ticked, onTick }: QuestionProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const person = personView(state, me.id)
  const role = person && roleBadge(person, t)
  return (
    <>
      <h2 tabIndex={-1}>{t('rooms.confirm.agreement')}</h2>
      <AgreementFacts />
      <Checkbox framed checked={ticked} onChange={onTick}>
        {role !== undefined
          ? t('rooms.confirm.tick-agreement-other', { role })
          : t(mediates(me) ? 'rooms.confirm.tick-agreement-mediator' : 'rooms.confirm.tick-agreement')}
      </Checkbox>
    </>
  )
}

function ExplanationQuestion({ ticked, onTick }: QuestionProps) {
  const t = useTexts()
  return (
    <>
      <h2 tabIndex={-1}>{t('rooms.confirm.explanation')}</h2>
      <ul className="rooms-list">
        {EXPLANATION.map((part) => (
          <li key={part}>
            <RichText id={`rooms.confirm.explain.${part}`} marks={{ b: <strong /> }} />
          </li>
        ))}
      </ul>
      <Checkbox framed checked={ticked} onChange={onTick}>
        {mediates(useCase().me) ? t('rooms.confirm.tick-explanation-mediator') : t('rooms.confirm.tick-explanation')}
      </Checkbox>
    </>
  )
}

function RemoteQuestion({ ticked, onTick }: QuestionProps) {
  const t = useTexts()
  return (
    <>
      <h2 tabIndex={-1}>{t('rooms.confirm.remote')}</h2>
      <p>{useCase().state.facts?.voice === 'phone' ? t('rooms.confirm.remote-phone') : t('rooms.confirm.remote-text')}</p>
      <Checkbox framed checked={ticked} onChange={onTick}>
        {t('rooms.confirm.tick-remote')}
      </Checkbox>
    </>
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
