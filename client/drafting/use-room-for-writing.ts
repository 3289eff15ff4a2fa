import { useMedia } from '#client/ui/state/use-media.ts'

/** Narrower than this the draft opens for reading: a finger that scrolls must not write. */
export function useRoomForWriting(): boolean {
  return useMedia('two-parts')
}
