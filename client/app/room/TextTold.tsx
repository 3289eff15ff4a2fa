// What all are told of the text where the text itself is not shown: a line in the talk, and one above it. Fetched when there is something.
import { type ComponentProps, useMemo } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { TextNews, ToldLine } from '#client/drafting/restoring/TextNews.tsx'
import type { TimelineEvent } from '#client/messaging/timeline.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import type { TextEventLine } from '#client/signing/TextEventLine.tsx'
import { textEventsFold } from '#client/signing/text-events.ts'
import { restoringFold } from '#shared/drafting/restoring-state.ts'
import { valuesOf } from '#shared/log/seq-map.ts'

const parts = () => import('#client/drafting/restoring/TextNews.tsx')
const NEWS: Part<ComponentProps<typeof TextNews>> = { groups: ['draft'], load: async () => (await parts()).TextNews }
const LINE: Part<ComponentProps<typeof ToldLine>> = { groups: ['draft'], load: async () => (await parts()).ToldLine }

const TEXT_EVENT: Part<ComponentProps<typeof TextEventLine>> = {
  groups: ['told'],
  load: async () => (await import('#client/signing/TextEventLine.tsx')).TextEventLine,
}

export function TextTold(props: ComponentProps<typeof TextNews>) {
  const known = useSlice(restoringFold, 'all')
  return known && known !== restoringFold.initial ? <QuietPart part={NEWS} props={props} /> : null
}

/** With what happened besides, in the talk of the room that is told of it. */
export function useTextEvents(room: RoomView, besides: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const { deletions, restored } = useSlice(restoringFold, room.audience) ?? restoringFold.initial
  const textEvents = useSlice(textEventsFold, room.audience) ?? textEventsFold.initial
  return useMemo(() => {
    const line = (at: number, props: ComponentProps<typeof ToldLine>) => ({
      key: `t${at}`,
      seq: undefined,
      at,
      words: <QuietPart part={LINE} props={props} />,
    })
    return [
      ...besides,
      ...valuesOf(textEvents).map((textEvent) => ({
        key: `x${textEvent.seq}`,
        seq: textEvent.seq,
        at: textEvent.at,
        words: <QuietPart part={TEXT_EVENT} props={{ textEvent }} />,
      })),
      ...deletions.map((deletion) => line(deletion.at, { deletion })),
      ...restored.map((restoration) => line(restoration.endedAt, { restoration })),
    ]
  }, [textEvents, deletions, restored, besides])
}
