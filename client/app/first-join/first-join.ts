// The first screen of an invited person stands in the page before the program does (scripts/first-join.ts writes it, first-words.ts
// wakes it). What was begun there is handed over here, once.
import type { Begun, FirstJoin } from '#client/identity/join/begun.ts'

const FIRST_JOIN = 'first-join'

interface FirstJoinParts {
  readonly screen: HTMLElement
  readonly field: HTMLInputElement
  readonly notMine: HTMLInputElement
  readonly button: HTMLButtonElement
}

export function firstJoinParts(page: Document): FirstJoinParts | undefined {
  const screen = page.getElementById(FIRST_JOIN)
  const field = screen?.querySelector<HTMLInputElement>('input[inputmode]')
  const notMine = screen?.querySelector<HTMLInputElement>('input[type="checkbox"]')
  const button = screen?.querySelector('button')
  return screen && field && notMine && button ? { screen, field, notMine, button } : undefined
}

export function firstJoinOf(page: Document): FirstJoin {
  let begun: Begun | undefined
  let isAsked = false
  const isPressed = (button: HTMLButtonElement) => button.ariaBusy === 'true'
  const end = () => {
    const parts = firstJoinParts(page)
    if (!parts) return
    const { screen, field, notMine, button } = parts
    const isFocused = page.activeElement === field
    begun = { code: field.value, notMine: notMine.checked, isSent: isPressed(button) && !isAsked, isFocused }
    screen.remove()
  }
  return {
    end,
    sent() {
      const parts = firstJoinParts(page)
      if (!parts || isAsked || !isPressed(parts.button)) return undefined
      isAsked = true
      return { code: parts.field.value, notMine: parts.notMine.checked }
    },
    take() {
      end()
      const taken = begun
      begun = undefined
      return taken
    },
  }
}
