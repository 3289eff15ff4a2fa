// "In my words, right?": what the mediator has written down, with its owner's answer, or the question.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useUnsentForm } from '#client/realtime/use-unsent-form.ts'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { audienceWho } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { canAllow, canAnswerWording } from '#shared/crossing/crossing-policy.ts'
import { wordingAnswer, wordingRedact } from '#shared/crossing/crossing-protocol.ts'
import type { Wording } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { WordingId } from '#shared/kernel/ids.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { canRedact } from '#shared/messaging/messaging-policy.ts'
import { MAX_MESSAGE_LENGTH, messagePost } from '#shared/messaging/messaging-protocol.ts'
import { textProblem } from '#shared/protocol/text-reasons.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import type { AllowNext } from './PermissionsDialog.tsx'
import { RemoveRecord } from './RemoveRecord.tsx'
import './crossing.css'
import './reasons.ts'

interface WordingCardProps {
  readonly audience: Audience
  readonly wording: Wording
  readonly onAllow: (next: AllowNext) => void
}

export function WordingCard({ audience, wording, onAllow }: WordingCardProps) {
  const t = useTexts()
  const { state, me } = useCase()
  const room = useSlice(roomFold, audience) ?? roomFold.initial
  const { run, busy, problem } = useCommand()
  const [denying, setDenying] = useState(false)
  const { wordingId, seq, of, text, isRight } = wording
  const here = { audience, room, phase: state.phase }
  const mine = canAnswerWording(me, here, wording)
  const answer = (right: boolean) => run(wordingAnswer, { audience, wordingId, seq, isRight: right })
  const name = nameIn(state, of) ?? ''
  const stage = isRight === undefined ? 'asked' : isRight ? 'right' : 'wrong'
  const mayAllow = isRight && of === me.id && canAllow(me, here)
  const mayRemove = [wording.by, of].some((author) => canRedact(me, { ...here, author }))
  return (
    <Card as="article" who={audienceWho(state, audience)} tight label={t('crossing.wording.head')}>
      <Stack gap={3}>
        <Row justify="between" wrap>
          <h3>{mine ? t('crossing.wording.question') : t('crossing.wording.head')}</h3>
          <Chip {...(isRight ? { tone: 'good' as const } : {})}>{t(`crossing.wording.${stage}`)}</Chip>
        </Row>
        <blockquote className="crossing-words">{text}</blockquote>
        <Muted small>{mine ? t('crossing.wording.yours') : t('crossing.wording.of', { name })}</Muted>
        {problem && <ProblemBanner problem={problem} />}
        {mine && !denying && (
          <Row wrap>
            <Button busy={busy} onClick={() => void answer(true)}>
              {t('crossing.wording.yes')}
            </Button>
            <Button onClick={() => setDenying(true)}>{t('crossing.wording.no')}</Button>
            <AloudHere brief />
          </Row>
        )}
        {mine && denying && (
          <Denial audience={audience} wordingId={wordingId} busy={busy} onDeny={() => answer(false)} onBack={() => setDenying(false)} />
        )}
        {mayAllow && (
          <Row>
            <Button onClick={() => onAllow({ what: { kind: 'wording', wordingId, text } })}>{t('crossing.wording.allow')}</Button>
          </Row>
        )}
        {mayRemove && !mine && <RemoveRecord busy={busy} onRemove={() => void run(wordingRedact, { audience, wordingId })} />}
      </Stack>
    </Card>
  )
}

/** A no, and how it was meant: that is an ordinary message of the room. */
function Denial(props: {
  readonly audience: Audience
  readonly wordingId: WordingId
  readonly busy: boolean
  readonly onDeny: () => Promise<boolean>
  readonly onBack: () => void
}) {
  const t = useTexts()
  const client = useCaseClient()
  const { audience, wordingId, busy, onDeny, onBack } = props
  const { value: text, write, sent } = useUnsentForm(`denial:${wordingId}`, '')
  const words = cleanText('message', text)
  const fault = textProblem('message', words)
  const deny = async () => {
    if (fault || !(await onDeny())) return
    if (words !== '') client.put(messagePost, audience, (id) => ({ audience, id, text: words }))
    sent(text)
  }
  return (
    <Stack gap={3}>
      <Field label={t('crossing.wording.instead')} optional error={fault && t('crossing.wording.letters')}>
        <TextArea value={text} onChange={write} maxLength={MAX_MESSAGE_LENGTH} />
      </Field>
      <Row wrap>
        <Button busy={busy} onClick={() => void deny()}>
          {t('crossing.wording.no')}
        </Button>
        <Button kind="quiet" onClick={onBack}>
          {t('ui.cancel')}
        </Button>
      </Row>
    </Stack>
  )
}
