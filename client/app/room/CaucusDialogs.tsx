// The questions before a caucus, fetched when one is asked for the first time: most who are in a room never are.
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'

export interface AskedCaucus {
  readonly kind: 'invite' | 'step-over'
  readonly side: SideId
}

interface CaucusQuestionProps {
  readonly asked: AskedCaucus
  readonly phones: ReadonlyMap<ParticipantId, string>
  readonly onClose: () => void
  readonly onEnter: (audience: Audience) => void
}

const QUESTION: Part<CaucusQuestionProps> = {
  groups: ['question', 'calls'],
  load: async () => (await import('./CaucusQuestion.tsx')).CaucusQuestion,
}

export function CaucusDialogs(props: CaucusQuestionProps) {
  const t = useTexts()
  return <LazyDialog part={QUESTION} props={props} title={t(props.asked.kind === 'invite' ? 'caucus.bar.invite' : 'caucus.bar.enter')} />
}
