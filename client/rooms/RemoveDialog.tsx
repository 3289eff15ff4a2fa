import { useTexts } from '#client/i18n/texts.tsx'
import { useAct } from '#client/realtime/use-act.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { personEnd } from '#shared/cases/people-protocol.ts'
import type { PersonView } from './people.ts'

/** Taking somebody out of the case: every room at once. Says so, and how they could come back. */
export function RemoveDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useAct()
  const remove = async () => {
    if (await run(personEnd, { participantId: person.id })) onClose()
  }
  return (
    <Dialog
      title={t('rooms.remove.title', { name: person.name })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {t('rooms.remove.do')}
          </Button>
        </>
      }
    >
      <Stack gap={3}>
        {problem && <ProblemBanner problem={problem} />}
        <p>{t('rooms.remove.words')}</p>
        <p>{t('rooms.remove.others')}</p>
      </Stack>
    </Dialog>
  )
}
