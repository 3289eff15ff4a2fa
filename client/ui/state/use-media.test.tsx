// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useMedia } from './use-media.ts'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** A window of some width, which knows as much of media queries as `useMedia` asks. */
function windowOf(rem: number) {
  let width = rem
  const listeners = new Set<() => void>()
  vi.stubGlobal('matchMedia', (query: string) => ({
    get matches() {
      return width >= Number(/^\(min-width: ([\d.]+)rem\)$/.exec(query)?.[1])
    },
    addEventListener: (_type: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: () => void) => listeners.delete(listener),
  }))
  return {
    listeners,
    become: (next: number) =>
      act(() => {
        width = next
        for (const listener of listeners) listener()
      }),
  }
}

function Screen() {
  return <p>{useMedia('two-parts') ? 'beside each other' : 'one at a time'}</p>
}

describe('a media query', () => {
  it('[UI-4] follows the window through its named breakpoint, and lets go of it with the screen', () => {
    const window = windowOf(22)
    const { unmount } = render(<Screen />)
    expect(screen.getByText('one at a time')).toBeTruthy()
    window.become(50)
    expect(screen.getByText('beside each other')).toBeTruthy()
    window.become(49)
    expect(screen.getByText('one at a time')).toBeTruthy()
    unmount()
    expect(window.listeners.size).toBe(0)
  })
})
