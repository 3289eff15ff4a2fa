// The side is asked whether somebody may look on: above everything until it is answered, beside the conversation afterwards, to change it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { sideWho } from '#client/rooms/people.ts'
import { roleBadge } from '#client/rooms/role-words.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { consentAnswer } from '#shared/rooms/consent-protocol.ts'
import type { OwnQuestion } from './consents-of.ts'
import './grants.css'

export function ConsentQuestions({ questions }: { questions: readonly OwnQuestion[] }) {
  return questions.map((question) => <Asked key={`${question.audience} ${question.about.id}`} question={question} />)
}

function Asked({ question: { audience, about } }: { question: OwnQuestion }) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const who = audience === 'all' || me.sideId === undefined ? 'joint' : sideWho(state, me.sideId)
  const answer = (agreed: boolean) => void run(consentAnswer, { audience, participantId: about.id, agreed })
  const words = { name: about.name, role: roleBadge(about, t) ?? '' }
  return (
    <Banner
      who={who}
      icon="eye"
      urgent
      title={t(audience === 'all' ? 'rooms.consents.ask-all' : 'rooms.consents.ask-side', words)}
      actions={
        <>
          <Button kind="who" who={who} busy={busy} onClick={() => answer(true)}>
            {t('rooms.consents.yes')}
          </Button>
          <Button kind="quiet" busy={busy} onClick={() => answer(false)}>
            {t('rooms.consents.no')}
          </Button>
        </>
      }
    >
      {problem ? problemWords(problem, t) : t(audience === 'all' ? 'rooms.consents.words-all' : 'rooms.consents.words-side')}
    </Banner>
  )
}

export function ConsentsGiven({ questions }: { questions: readonly OwnQuestion[] }) {
  const t = useTexts()
  return (
    <Stack gap={2} as="section">
      <h2 className="rooms-side-title">{t('rooms.consents.title')}</h2>
      {questions.map((question) => (
        <Given key={`${question.audience} ${question.about.id}`} question={question} />
      ))}
    </Stack>
  )
}

function Given({ question: { audience, about, agreed = false } }: { question: OwnQuestion }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const room = t(audience === 'all' ? 'rooms.people.joint' : 'rooms.people.you-mediator')
  return (
    <div className="rooms-granted">
      <p>
        {about.name}, {roleBadge(about, t)}
        <Muted small>{problem ? problemWords(problem, t) : t(agreed ? 'rooms.consents.agreed' : 'rooms.consents.refused', { room })}</Muted>
      </p>
      <div>
        <Button size="s" busy={busy} onClick={() => void run(consentAnswer, { audience, participantId: about.id, agreed: !agreed })}>
          {t(agreed ? 'rooms.consents.take-back' : 'rooms.consents.agree-after-all')}
        </Button>
      </div>
    </div>
  )
}
