// What Enter does where one writes. On a desktop it sends, unless the person has turned it round on this device; where letters come from
// a keyboard on the glass it begins a new line: there is no other way to one.
import { type KeyboardEvent, useContext } from 'react'
import { useMedia } from '#client/ui/state/use-media.ts'
import { type EnterChoice, EnterContext } from './enter-choice.ts'

/** Undefined where nothing is to choose. */
export function useEnterChoice(): EnterChoice | undefined {
  const choice = useContext(EnterContext)
  return useMedia('desktop-hands') ? choice : undefined
}

/** Whether this key sends. Never while letters are still being composed, nor by a key that is only held down. */
export function isSendKey(event: KeyboardEvent, enterSends: boolean): boolean {
  const { isComposing, keyCode } = event.nativeEvent
  // Safari ends the composition before the key that ended it
  if (event.key !== 'Enter' || isComposing || keyCode === COMPOSING) return false
  if (event.repeat || event.shiftKey || event.altKey) return false
  return enterSends || event.ctrlKey || event.metaKey
}

const COMPOSING = 229
