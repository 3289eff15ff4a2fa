// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Talk } from './Message.tsx'
import { TalkPart } from './TalkPart.tsx'

/** jsdom lays nothing out: what a browser would tell of a part's place is told here. */
const observed = new Map<Element, (near: boolean, height: number) => void>()

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #tell: (entries: readonly unknown[]) => void
      constructor(tell: (entries: readonly unknown[]) => void) {
        this.#tell = tell
      }
      observe(target: Element) {
        observed.set(target, (isIntersecting, height) => this.#tell([{ target, isIntersecting, boundingClientRect: { height } }]))
      }
      unobserve(target: Element) {
        observed.delete(target)
      }
      disconnect() {
        observed.clear()
      }
    },
  )
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  observed.clear()
})

const parts = [1, 2, 3].map((nth) => (
  <TalkPart key={nth} always={nth === 3} guess={500}>
    <p>words {nth}</p>
    <button type="button">menu {nth}</button>
  </TalkPart>
))
const shown = () =>
  render(
    <Talk who="joint" label="Talk">
      {parts}
    </Talk>,
  )
const partOf = (nth: number) => screen.getByRole('region').children[nth - 1] as HTMLElement // one of the three
const comes = (nth: number, near: boolean, height = 640) => act(() => observed.get(partOf(nth))?.(near, height))
const drawn = () => screen.queryAllByText(/^words/).map(({ textContent }) => textContent)

describe('a long conversation', () => {
  it('[LIV-40] draws its end at once, the rest when it comes near, and leaves a place as high as it was when it is far', () => {
    shown()
    expect(drawn()).toEqual(['words 3'])
    expect(partOf(1).style.blockSize).toBe('500px')
    comes(2, true)
    expect(drawn()).toEqual(['words 2', 'words 3'])
    expect(partOf(2).style.blockSize).toBe('')
    comes(2, false, 731)
    comes(3, false)
    expect(drawn()).toEqual(['words 3'])
    expect(partOf(2).style.blockSize).toBe('731px')
  })

  it('[LIV-40] keeps what somebody is in by keyboard, and what they have marked to copy', () => {
    shown()
    comes(1, true)
    comes(2, true)
    screen.getByRole('button', { name: 'menu 1' }).focus()
    document.getSelection()?.selectAllChildren(screen.getByText('words 2'))
    comes(1, false)
    comes(2, false)
    expect(drawn()).toEqual(['words 1', 'words 2', 'words 3'])
    expect(document.activeElement?.textContent).toBe('menu 1')
    document.getSelection()?.removeAllRanges()
    comes(2, true)
    comes(2, false)
    expect(drawn()).toEqual(['words 1', 'words 3'])
  })

  it('[LIV-40] stands there whole in a browser that does not tell what is near', () => {
    vi.unstubAllGlobals()
    vi.stubGlobal('IntersectionObserver', undefined)
    shown()
    expect(drawn()).toEqual(['words 1', 'words 2', 'words 3'])
  })
})
