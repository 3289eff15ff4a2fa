// The questions before a caucus, fetched when one is asked for the first time: most who are in a room never are.
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { PartBoundary, PartFailed } from '#client/ui/feedback/PartBoundary.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
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
  groups: ['question'],
  load: async () => (await import('./CaucusQuestion.tsx')).CaucusQuestion,
}

export function CaucusDialogs(props: CaucusQuestionProps) {
  const t = useTexts()
  return (
    <PartBoundary
      fallback={(part) => (
        <Dialog title={t('ui.part.title')} onClose={props.onClose}>
          <PartFailed {...part} />
        </Dialog>
      )}
    >
      <LazyPart part={QUESTION} props={props} fallback={null} />
    </PartBoundary>
  )
}
