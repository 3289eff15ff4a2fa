// What is told to all of the text, wherever in the room one is: spoken once, and a short line where the text is not in view.
import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { type EndedRestoration, type LargeDeletion, restoringFold } from '#shared/drafting/restoring-state.ts'
import type { By } from '#shared/kernel/actor.ts'
import { useRoomForWriting } from '../use-room-for-writing.ts'
import { deletionNotices, restorationNotice } from './notice-of.ts'
import { RestoringNotices } from './RestoringNotices.tsx'
import { deletionWords, nameOf, restorationWords } from './told-words.ts'

interface TextNewsProps {
  /** The draft is one of the parts beside each other, or the one that is shown. */
  readonly shown: 'beside' | 'alone' | 'never'
  readonly onShow: () => void
}

/** Older ones were spoken before this page was there. */
const SPOKEN_WITHIN_MS = 60_000

export function TextNews({ shown, onShow }: TextNewsProps) {
  const spacious = useRoomForWriting()
  useSpoken()
  const inView = shown === 'alone' || (shown === 'beside' && spacious)
  return inView ? null : <RestoringNotices onShow={onShow} />
}

interface ToldLineProps {
  readonly deletion?: LargeDeletion
  readonly restoration?: EndedRestoration
}

/** One line of the talk of all: what happened to the text, when, and by whom. */
export function ToldLine({ deletion, restoration }: ToldLineProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const nameFor = (by: By) => (by === me.id ? t('messaging.you') : nameOf(by, { t, state }))
  return (
    <>
      {deletion &&
        t('messaging.event', {
          time: f.time(deletion.at),
          words: t('drafting.told.line.deletion', { lines: deletion.lines, name: nameFor(deletion.participantId) }),
        })}
      {restoration &&
        t('messaging.event', {
          time: f.time(restoration.endedAt),
          words: t(`drafting.told.line.${restoration.way}`, { name: nameFor(restoration.by) }),
        })}
    </>
  )
}

function useSpoken(): void {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const client = useCaseClient()
  const announce = useAnnounce()
  const restoring = useSlice(restoringFold, 'all') ?? restoringFold.initial
  const spoken = useRef(new Set<string>())
  useEffect(() => {
    const now = client.now()
    const to = { t, f, state, me }
    const sentences: [string, readonly string[]][] = deletionNotices(restoring, now).map((notice) => {
      const { title, text } = deletionWords(notice, to)
      const open = notice.phase.kind === 'open' && !notice.phase.fault
      return [`${notice.deletion.deletionId} ${notice.phase.kind}`, [sentence(title), text, open ? t('drafting.told.minute') : '']]
    })
    const told = restorationNotice(restoring, now)
    if (told && (told.kind === 'under-way' || now - told.at < SPOKEN_WITHIN_MS)) {
      const { title, text } = restorationWords(told, to)
      sentences.push([`${told.way} ${told.kind === 'under-way' ? restoring.pending?.restorationId : told.at}`, [sentence(title), text]])
    }
    const fresh = sentences.filter(([key]) => !spoken.current.has(key))
    for (const [key] of fresh) spoken.current.add(key)
    const words = fresh.flatMap(([, said]) => said.filter((each) => each !== ''))
    if (words.length > 0) announce(words.join(' '))
  }, [restoring, announce, client, t, f, state, me])
}

/** A title is one without its stop. */
function sentence(title: string): string {
  return title.endsWith('…') ? title : `${title}.`
}
