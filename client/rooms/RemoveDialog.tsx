import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { personEnd } from '#shared/cases/people-protocol.ts'
import type { PersonView } from './people.ts'

/** Taking somebody out of the case: every room at once. Says so, and how they could come back. */
export function RemoveDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  return (
    <ConfirmDialog
      title={t('rooms.remove.title', { name: person.name })}
      kind="danger"
      confirm={t('rooms.remove.do')}
      busy={busy}
      problem={problem}
      act={() => run(personEnd, { participantId: person.id })}
      onClose={onClose}
      gap={3}
    >
      <p>{t('rooms.remove.words')}</p>
      <p>{t('rooms.remove.others')}</p>
    </ConfirmDialog>
  )
}
