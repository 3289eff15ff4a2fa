// Many lines went out of the text: all sides read it, in words that accuse nobody, and for a minute anybody who writes can undo it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useAct } from '#client/realtime/use-act.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { deletionUndo } from '#shared/drafting/restoring-protocol.ts'
import '../reasons.ts'
import type { DeletionNotice } from './notice-of.ts'
import { deletionWords, type ToldTo } from './told-words.ts'

interface DeletionBannerProps {
  readonly notice: DeletionNotice
  readonly to: ToldTo
  /** Whoever only reads is told, too. */
  readonly mayUndo: boolean
  /** Where the text itself is not in view. */
  readonly onShow?: (() => void) | undefined
}

export function DeletionBanner({ notice, to, mayUndo, onShow }: DeletionBannerProps) {
  const t = useTexts()
  const act = useAct()
  const { phase, deletion } = notice
  const { title, text } = deletionWords(notice, to)
  const open = phase.kind === 'open'
  const undo = open && mayUndo && (
    <Button size="s" icon="undo" busy={act.busy} onClick={() => void act.run(deletionUndo, { deletionId: deletion.deletionId })}>
      {t('drafting.told.undo')}
    </Button>
  )
  const show = onShow && (
    <Button size="s" kind="quiet" icon="pen" onClick={onShow}>
      {t('drafting.told.show')}
    </Button>
  )
  const actions = undo || show
  return (
    <Banner
      tone={phase.kind === 'back' ? 'good' : open && !phase.fault ? 'info' : phase.kind === 'asked' ? 'info' : 'warn'}
      icon={phase.kind === 'back' ? 'check-circle' : phase.kind === 'asked' ? 'clock' : open && !phase.fault ? 'pen' : 'warn'}
      title={title}
      actions={
        actions && (
          <>
            {undo}
            {show}
          </>
        )
      }
    >
      {text} {undo && t('drafting.told.left', { seconds: phase.secondsLeft })}
      {act.problem && open && <p role="alert">{problemWords(act.problem, t)}</p>}
    </Banner>
  )
}
