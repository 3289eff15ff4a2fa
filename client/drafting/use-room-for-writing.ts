import { useSyncExternalStore } from 'react'

// Narrower than this the draft opens for reading: a finger that scrolls must not write.
const query = '(min-width: 50rem)'

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

export function useRoomForWriting(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}
