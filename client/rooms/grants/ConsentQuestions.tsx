// The side is asked whether somebody may look on: above everything until it is answered, beside the conversation afterwards, to change it.
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { sideWho } from '#client/rooms/people.ts'
import { roleBadge } from '#client/rooms/role-words.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { useMedia } from '#client/ui/state/use-media.ts'
import { consentAnswer } from '#shared/rooms/consent-protocol.ts'
import { placeOf } from '#shared/rooms/consent-state.ts'
import type { OwnQuestion } from './consents-of.ts'
import './grants.css'

/** On a phone one at a time: whoever reads badly, or listens, has one question before them. */
export function ConsentQuestions({ questions }: { questions: readonly OwnQuestion[] }) {
  const shown = useMedia('phone') ? questions.slice(0, 1) : questions
  const after = questions.length - shown.length
  return shown.map((question) => <Asked key={`${question.audience} ${question.about.id}`} question={question} after={after} />)
}

/** `after`: how many are asked once this one is answered. */
function Asked({ question, after }: { question: OwnQuestion; after: number }) {
  const { audience, about } = question
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const who = audience !== placeOf(audience, me.id) || me.sideId === undefined ? 'joint' : sideWho(state, me.sideId)
  const answer = (agreed: boolean) => void run(consentAnswer, { audience, participantId: about.id, agreed })
  const words = questionWords(question, t)
  return (
    <Banner
      who={who}
      icon="eye"
      urgent
      title={words.title}
      corner={<AloudHere brief />}
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
      {problem ? problemWords(problem, t) : words.more}
      {after > 0 && <Muted small>{t('rooms.consents.after', { count: after })}</Muted>}
    </Banner>
  )
}

function questionWords({ audience, about, proposal }: OwnQuestion, t: Translate): { readonly title: string; readonly more: string } {
  const { name } = about
  if (proposal) {
    const { mediator, before } = proposal
    const { organisation, registerNumber } = mediator
    const register = registerNumber === undefined ? undefined : t('rooms.consents.register', { number: registerNumber })
    const facts = [organisation && `${organisation}.`, register].filter(Boolean).join(' ')
    const title =
      before === undefined ? t('rooms.consents.ask-mediator', { name }) : t('rooms.consents.ask-mediator-instead', { name, before })
    return { title, more: t('rooms.consents.words-mediator', { facts }).trim() }
  }
  const words = { name, role: roleBadge(about, t) ?? '' }
  return audience === 'all'
    ? { title: t('rooms.consents.ask-all', words), more: t('rooms.consents.words-all') }
    : { title: t('rooms.consents.ask-side', words), more: t('rooms.consents.words-side') }
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

function Given({ question: { audience, about, proposal, agreed = false } }: { question: OwnQuestion }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const room = t(proposal ? 'rooms.consents.mediating' : audience === 'all' ? 'rooms.people.joint' : 'rooms.people.you-mediator')
  return (
    <div className="rooms-granted">
      <p>
        {[about.name, roleBadge(about, t)].filter(Boolean).join(', ')}
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
