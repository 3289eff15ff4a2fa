// The mediator writes down what somebody has said by telephone, for that person to say whether it is so.
import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useUnsentForm } from '#client/realtime/use-unsent-form.ts'
import { audienceWho, everybody } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { canAskWording } from '#shared/crossing/crossing-policy.ts'
import { wordingAsk } from '#shared/crossing/crossing-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type WordingId } from '#shared/kernel/ids.ts'
import { MAX_MESSAGE_LENGTH } from '#shared/messaging/messaging-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'

export function AskWordingDialog({ audience, onClose }: { readonly audience: Audience; readonly onClose: () => void }) {
  const t = useTexts()
  const { state, me } = useCase()
  const room = useSlice(roomFold, audience) ?? roomFold.initial
  const people = everybody(state).filter(({ id }) => canAskWording(me, { audience, room, phase: state.phase }, id))
  const [first, second] = people
  const [of, choose] = useState<ParticipantId | undefined>(second ? undefined : first?.id)
  const { value: text, write, sent } = useUnsentForm(`wording:${audience}`, '')
  const [wordingId] = useState(() => asId<WordingId>(randomId()))
  const { run, busy, problem } = useCommand()
  const ask = async () => {
    const isAsked = of !== undefined && (await run(wordingAsk, { audience, wordingId, of, text }))
    if (isAsked) sent(text)
    return isAsked
  }
  const textFault = wordsAt('text', problem, t)
  const missing = !first
    ? t('crossing.wording.nobody')
    : of === undefined
      ? t('crossing.wording.whose-first')
      : text.trim() === '' && t('crossing.wording.words-first')
  return (
    <ConfirmDialog
      title={t('crossing.menu.wording')}
      kind="who"
      who={audienceWho(state, audience)}
      confirm={t('crossing.wording.ask')}
      missing={missing}
      busy={busy}
      problem={textFault ? undefined : problem}
      act={ask}
      onClose={onClose}
    >
      <p>{t('crossing.wording.words')}</p>
      {second && (
        <RadioGroup
          label={t('crossing.wording.whose')}
          value={of}
          onChange={choose}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Field label={t('crossing.wording.text', { name: people.find(({ id }) => id === of)?.name ?? '' })} error={textFault}>
        <TextArea value={text} onChange={write} maxLength={MAX_MESSAGE_LENGTH} />
      </Field>
    </ConfirmDialog>
  )
}
