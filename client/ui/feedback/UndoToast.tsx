// Five seconds in which an act can still be taken back. The time is seen, and stands still while somebody looks (hover, focus),
// because five seconds are too short for a screen reader or a slow hand.
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import './feedback.css'

interface UndoToastProps {
  /** What will happen: «Message deleted», «Sent to the mediator». */
  readonly children: string
  readonly onUndo: () => void
  /** Called once when the time has run out: now it is done. */
  readonly onDone: () => void
  readonly clock: Clock
  readonly timers: Timers
  readonly milliseconds?: number
}

export function UndoToast({ children, onUndo, onDone, clock, timers, milliseconds = 5000 }: UndoToastProps) {
  const t = useTexts()
  const [left, setLeft] = useState(milliseconds)
  const [held, setHeld] = useState(false)
  const started = useRef(clock.now())
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    if (held) return
    started.current = clock.now()
    return timers.after(left, () => done.current())
  }, [held, left, clock, timers])
  const hold = () => {
    if (held) return
    setLeft((before) => Math.max(0, before - (clock.now() - started.current)))
    setHeld(true)
  }
  const letGo = () => setHeld(false)
  return (
    <div
      className="ui-undo"
      role="status"
      data-held={held || undefined}
      onMouseEnter={hold}
      onMouseLeave={letGo}
      onFocus={hold}
      onBlur={letGo}
    >
      <span className="ui-undo-words">{children}</span>
      <Button kind="quiet" icon="undo" onClick={onUndo}>
        {t('ui.undo')}
      </Button>
      <span className="ui-undo-time" aria-hidden="true">
        <span style={{ animationDuration: `${milliseconds}ms` }} />
      </span>
    </div>
  )
}
