// Speaks that somebody else has sent a file into the room that is shown, from the moment it is shown.
import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { filesFold } from '#shared/files/files-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { valuesOf } from '#shared/log/seq-map.ts'

/** `after`: the last file that was there when the room was come into. Built anew for each room. */
export function FilesSpoken({ audience, after }: { readonly audience: Audience; readonly after: number }) {
  const t = useTexts()
  const announce = useAnnounce()
  const { state, me } = useCase()
  const { posts } = useSlice(filesFold, audience) ?? filesFold.initial
  const last = useRef(after)
  useEffect(() => {
    const fresh = valuesOf(posts, last.current)
    last.current = fresh.at(-1)?.seq ?? last.current
    const words = fresh.flatMap(({ by, author, released, file }) =>
      file && by !== me.id
        ? [t(released ? 'files.announce.released' : 'files.announce', { name: nameIn(state, author) ?? '', file: file.name })]
        : [],
    )
    if (words.length > 0) announce(words.join('. '))
  }, [posts, state, me.id, announce, t])
  return null
}
