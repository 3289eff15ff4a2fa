// Files in a talk: the button beside the composer, those that were sent, those that are on their way. Whatever shows one is fetched when
// there is one.
import { type ComponentProps, useMemo, useRef, useState } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { AttachButton } from '#client/files/AttachButton.tsx'
import type { SendSheet } from '#client/files/choosing/SendSheet.tsx'
import type { UnsentFiles } from '#client/files/sending/UnsentFiles.tsx'
import type { FileLine } from '#client/files/showing/FileLine.tsx'
import type { FilesSpoken } from '#client/files/showing/FilesSpoken.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { TimelineEvent } from '#client/messaging/timeline.ts'
import { useOutboxEntries, useSlice, useUnsentCounts } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { canPostFile } from '#shared/files/files-policy.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import { filesFold } from '#shared/files/files-state.ts'
import { lastValue, valuesOf } from '#shared/log/seq-map.ts'

const SHEET: Part<ComponentProps<typeof SendSheet>> = {
  groups: ['files'],
  load: async () => (await import('#client/files/choosing/SendSheet.tsx')).SendSheet,
}
const LINE: Part<ComponentProps<typeof FileLine>> = {
  groups: ['files'],
  load: async () => (await import('#client/files/showing/FileLine.tsx')).FileLine,
}
const SPOKEN: Part<ComponentProps<typeof FilesSpoken>> = {
  groups: ['files'],
  load: async () => (await import('#client/files/showing/FilesSpoken.tsx')).FilesSpoken,
}
const UNSENT: Part<ComponentProps<typeof UnsentFiles>> = {
  groups: ['files'],
  load: async () => (await import('#client/files/sending/UnsentFiles.tsx')).UnsentFiles,
}

type ItemsOf = ComponentProps<typeof FileLine>['items']

/** With what happened besides, each file where it was sent. */
export function useFileLines(room: RoomView, besides: readonly TimelineEvent[], items: ItemsOf): readonly TimelineEvent[] {
  const { posts } = useSlice(filesFold, room.audience) ?? filesFold.initial
  return useMemo(
    () =>
      posts.size === 0
        ? besides
        : [
            ...besides,
            ...valuesOf(posts).map((post) => ({
              key: `f${post.seq}`,
              seq: post.seq,
              at: post.at,
              words: <QuietPart part={LINE} props={{ room, post, items }} />,
              isSaid: true,
            })),
          ],
    [posts, room, besides, items],
  )
}

/** Heard as it comes, where there are files. */
export function SpokenFiles({ audience }: Pick<RoomView, 'audience'>) {
  const { posts } = useSlice(filesFold, audience) ?? filesFold.initial
  const came = useRef(lastValue(posts)?.seq ?? 0)
  return posts.size > 0 && <QuietPart part={SPOKEN} props={{ audience, after: came.current }} />
}

/** Undefined while nothing is on its way. */
export function useUnsentFiles(room: RoomView) {
  const { waiting, refused } = useUnsentCounts()
  const isPosting = useOutboxEntries().some(({ name }) => name === filePost.name)
  return waiting + refused > 0 || isPosting ? <QuietPart part={UNSENT} props={{ room }} /> : undefined
}

/** Built anew for each room: what was chosen in one is never sent from another. */
export function Attach({ room }: { readonly room: RoomView }) {
  const t = useTexts()
  const { me } = useCase()
  const view = useView()
  const [files, setFiles] = useState<readonly File[]>()
  if (!canPostFile(me, room.audience, view)) return null
  return (
    <>
      <AttachButton room={room} onChosen={setFiles} />
      {files && <LazyDialog part={SHEET} props={{ room, files, onClose: () => setFiles(undefined) }} title={t('files.attach')} />}
    </>
  )
}
