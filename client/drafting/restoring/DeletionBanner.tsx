// Many lines went out of the text: all sides read it, in words that accuse nobody, and for a minute anybody who writes can undo it.
import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
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
  /** Once pressed it stays until the answer is there, and was read where it is a refusal. */
  readonly onHold: (hold: boolean) => void
}

const LOOKS = {
  open: { tone: 'info', icon: 'pen' },
  asked: { tone: 'info', icon: 'clock' },
  back: { tone: 'good', icon: 'check-circle' },
  over: { tone: 'warn', icon: 'warn' },
} as const

export function DeletionBanner({ notice, to, mayUndo, onShow, onHold }: DeletionBannerProps) {
  const t = useTexts()
  const command = useCommand()
  const { phase, deletion } = notice
  const { title, text } = deletionWords(notice, to)
  const open = phase.kind === 'open' ? phase : undefined
  const box = useRef<HTMLDivElement>(null)
  const pressed = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button is gone with the next phase; whoever pressed it stays where they were
  useEffect(() => {
    if (pressed.current && document.activeElement === document.body) box.current?.focus()
  }, [phase.kind])
  const press = async () => {
    pressed.current = true
    onHold(true)
    if (await command.run(deletionUndo, { deletionId: deletion.deletionId })) onHold(false)
  }
  const undo = open && mayUndo && (open.secondsLeft > 0 || command.busy) && (
    <Button size="s" icon="undo" busy={command.busy} onClick={() => void press()}>
      {t('drafting.told.undo')}
    </Button>
  )
  const show = onShow && (
    <Button size="s" kind="quiet" icon="pen" onClick={onShow}>
      {t('drafting.told.show')}
    </Button>
  )
  const close = () => {
    command.clear()
    onHold(false)
  }
  return (
    <div ref={box} tabIndex={-1}>
      <Banner
        {...LOOKS[open?.fault ? 'over' : phase.kind]}
        title={title}
        actions={
          (undo || show) && (
            <>
              {undo}
              {show}
            </>
          )
        }
        {...(command.problem && open && { onClose: close })}
      >
        {text} {undo && open.secondsLeft > 0 && t('drafting.told.left', { seconds: open.secondsLeft })}
        {command.problem && open && <p role="alert">{problemWords(command.problem, t)}</p>}
      </Banner>
    </div>
  )
}
