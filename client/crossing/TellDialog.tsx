// Whom one's own words are for: nobody else, the mediator's mouth, or exactly these people.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { messageMark } from '#shared/crossing/crossing-protocol.ts'
import { crossingFold, mayBeTold } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import './crossing.css'

interface TellDialogProps {
  readonly audience: Audience
  readonly message: Message
  readonly text: string
  readonly onAllow: (text: string) => void
  readonly onClose: () => void
}

const CHOICES = ['only-you', 'you-may-tell', 'word-for-word'] as const
type Choice = (typeof CHOICES)[number]

export function TellDialog({ audience, message, text, onAllow, onClose }: TellDialogProps) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const known = useSlice(crossingFold, audience) ?? crossingFold.initial
  const [choice, choose] = useState<Choice>(mayBeTold(known, message) ? 'you-may-tell' : 'only-you')
  const { epoch, seq } = message
  async function act(): Promise<boolean> {
    if (choice !== 'word-for-word') return run(messageMark, { audience, epoch, seq, mark: choice })
    onAllow(text)
    return false
  }
  return (
    <ConfirmDialog
      title={t('crossing.menu')}
      confirm={t(choice === 'word-for-word' ? 'crossing.tell.next' : 'crossing.tell.save')}
      busy={busy}
      problem={problem}
      act={act}
      onClose={onClose}
    >
      <blockquote className="crossing-words">{text}</blockquote>
      <RadioGroup
        label={t('crossing.tell.label')}
        value={choice}
        onChange={choose}
        options={CHOICES.map((value) => ({ value, label: t(`crossing.tell.${value}`), note: t(`crossing.tell.${value}.note`) }))}
      />
    </ConfirmDialog>
  )
}
