// One calm strip for whoever waits: the time that the mediator told, and the way to what one can do meanwhile.
import { type ReactNode, useState } from 'react'
import { CallMediator } from '#client/caucus/CallMediator.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useNow } from '#client/rooms/use-now.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { sideAudience } from '#shared/kernel/audience.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
import { inRoom } from '#shared/rooms/room-state.ts'
import { estimateFold, type NamedTask, openTasksIn, tasksFold } from '#shared/waiting/waiting-state.ts'
import { estimateWords } from './estimate-time.ts'
import { OwnTask } from './OwnTask.tsx'
import './reasons.ts'
import './waiting.css'

interface WaitingBannerProps {
  /** A place for one's own notes. */
  readonly notes: ReactNode
  /** To the draft settlement, for whoever may see it. */
  readonly onText: (() => void) | undefined
}

export function WaitingBanner({ notes, onText }: WaitingBannerProps) {
  const t = useTexts()
  const { me } = useCase()
  const [open, setOpen] = useState(false)
  const words = useEstimateWords()
  const known = useSlice(tasksFold, me.sideId ? sideAudience(me.sideId) : 'all') ?? tasksFold.initial
  const tasks = openTasksIn(known)
  const isAsked = tasks.some(({ answers }) => answers[me.id] === undefined)
  const inside = { notes, tasks, words, onText, onClose: () => setOpen(false) }
  return (
    <>
      <Banner
        who="joint"
        icon="clock"
        title={words ?? t('waiting.title')}
        actions={
          <Button size="s" onClick={() => setOpen(true)}>
            {t('waiting.open')}
          </Button>
        }
      >
        {isAsked && t('waiting.task.given')}
      </Banner>
      {open && <WaitingDialog {...inside} />}
    </>
  )
}

interface WaitingDialogProps extends WaitingBannerProps {
  readonly tasks: readonly NamedTask[]
  readonly words: string | undefined
  readonly onClose: () => void
}

function WaitingDialog({ notes, tasks, words, onText, onClose }: WaitingDialogProps) {
  const t = useTexts()
  const { me } = useCase()
  const view = useView()
  const { sideId } = me
  const mayCall = sideId !== undefined && isOfSide(me) && inRoom(view, sideAudience(sideId), me.id)
  const toText =
    onText &&
    (() => {
      onClose()
      onText()
    })
  return (
    <Dialog title={t('waiting.title')} onClose={onClose}>
      <Stack gap={5}>
        {words && (
          <div>
            <p>{words}</p>
            <Muted small>{t('waiting.estimate.same')}</Muted>
          </div>
        )}
        {sideId && tasks.map((task) => <OwnTask key={task.taskId} sideId={sideId} given={task} onText={toText} />)}
        {mayCall && <CallMediator sideId={sideId} />}
        {notes}
      </Stack>
    </Dialog>
  )
}

function useEstimateWords(): string | undefined {
  const t = useTexts()
  const f = useFormats()
  const now = useNow()
  const estimate = useSlice(estimateFold, 'case')?.estimate
  return estimate && estimateWords(estimate.at, now, { t, f })
}
