// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { UndoToast } from './UndoToast.tsx'

afterEach(cleanup)

function handTime() {
  let now = 0
  const pending = new Set<{ at: number; run: () => void }>()
  return {
    clock: { now: () => now },
    timers: {
      after(milliseconds: number, run: () => void) {
        const entry = { at: now + milliseconds, run }
        pending.add(entry)
        return () => void pending.delete(entry)
      },
    },
    pass(milliseconds: number) {
      now += milliseconds
      for (const entry of [...pending]) {
        if (entry.at > now) continue
        pending.delete(entry)
        act(entry.run)
      }
    },
  }
}

function show() {
  const time = handTime()
  const [undo, done] = [vi.fn(), vi.fn()]
  renderWithTexts(
    <UndoToast clock={time.clock} timers={time.timers} onUndo={undo} onDone={done}>
      Sent
    </UndoToast>,
  )
  return { time, undo, done, toast: screen.getByRole('status') }
}

describe('five seconds to undo', () => {
  it('[UI-21] the act is done once the time has run out, not before', () => {
    const { time, done } = show()
    time.pass(4999)
    expect(done).not.toHaveBeenCalled()
    time.pass(1)
    expect(done).toHaveBeenCalledTimes(1)
  })

  it('[UI-21] time stands still while somebody looks, and goes on where it stood', () => {
    const { time, done, toast } = show()
    time.pass(3000)
    fireEvent.mouseEnter(toast)
    time.pass(60_000)
    expect(done).not.toHaveBeenCalled()
    fireEvent.mouseLeave(toast)
    time.pass(1999)
    expect(done).not.toHaveBeenCalled()
    time.pass(1)
    expect(done).toHaveBeenCalledTimes(1)
  })

  it('[UI-21] "Undo" takes the act back', () => {
    const { undo, done } = show()
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(undo).toHaveBeenCalledTimes(1)
    expect(done).not.toHaveBeenCalled()
  })
})
