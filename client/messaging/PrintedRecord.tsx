// What was said in the joint session, whole, on paper. It is printed only once all of it is here. What was said to the mediator alone lies
// in other audiences, none of which is read here.
import { useEffect, useMemo, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient, useHeldFrom, useOlderState, useSlice } from '#client/realtime/use-case.tsx'
import { personView } from '#client/rooms/people.ts'
import { roleWords } from '#client/rooms/role-words.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { type AskedPrint, PrintSheet } from '#client/ui/print/PrintSheet.tsx'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { removedWords } from './removed-words.ts'
import { createTimeline, type SaidItem } from './timeline.ts'
import './printed-record.css'

/** Pages come no faster than a server allows somebody who reads. */
const FETCH_EVERY = 300

/** Fetches what is not here yet. */
export function useWholeRecord(): {
  readonly whole: boolean
  readonly failed: boolean
  readonly count: number
  readonly fetch: () => void
} {
  const { olderWords, timers } = useCaseClient()
  const from = useHeldFrom('all')?.from
  const state = useOlderState('all')
  useEffect(() => {
    if (from !== undefined && state === 'idle') return timers.after(FETCH_EVERY, () => olderWords.fetch('all'))
  }, [olderWords, timers, from, state])
  const { messages } = useSlice(messagingFold, 'all') ?? messagingFold.initial
  const count = valuesOf(messages).length
  return { whole: from === undefined, failed: state === 'failed', count, fetch: () => olderWords.fetch('all') }
}

export function PrintedRecord({ onPrinted }: AskedPrint) {
  const t = useTexts()
  const f = useFormats()
  const client = useCaseClient()
  const { facts } = useCase().state
  const asked = useMemo(() => ({ onPrinted }), [onPrinted])
  const items = useRecord()
  const since = useReadSince()
  const [printedAt] = useState(() => client.now())
  return (
    <PrintSheet mark={t('rooms.paper.mark', { title: facts?.title ?? '', when: f.stamp(printedAt) })} asked={asked}>
      {() => (
        <article className="messaging-record">
          <h1>{t('rooms.paper.heading')}</h1>
          <p>{t('rooms.paper.without')}</p>
          {since !== undefined && <p>{t('rooms.paper.from', { when: f.stamp(since) })}</p>}
          {items.map((item) => (
            <RecordLine key={item.key} item={item} />
          ))}
        </article>
      )}
    </PrintSheet>
  )
}

/** When the record begins for somebody who came later; undefined for whoever reads it from its beginning. */
function useReadSince(): number | undefined {
  const { me } = useCase()
  const member = useSlice(roomFold, 'all')?.members[me.id]
  const messages = useSlice(messagingFold, 'all')?.messages
  if (!member?.wordsAfter) return undefined
  return member.wordsAfter === member.since - 1 ? member.at : messages && [...valuesOf(messages)][0]?.at
}

function useRecord(): readonly SaidItem[] {
  const { isoDate } = useFormats()
  const messages = (useSlice(messagingFold, 'all') ?? messagingFold.initial).messages
  return useMemo(() => {
    const { stretches } = createTimeline()({ messages, roomEvents: [], entries: [], audience: 'all', day: isoDate })
    return stretches.flatMap(({ items }) => items)
  }, [messages, isoDate])
}

function RecordLine({ item }: { item: SaidItem }) {
  const t = useTexts()
  const f = useFormats()
  const { state } = useCase()
  switch (item.kind) {
    case 'day':
      return <h2>{f.date(item.at)}</h2>
    case 'event':
      return null // what happened besides is no word of anybody
    case 'removed':
      return <p className="messaging-record-note">{removedWords(item.message, item.removal, { t, f, state, me: undefined })}</p>
    case 'message': {
      const author = personView(state, item.message.author)
      const role = author && roleWords(author, t, (each) => each)
      return (
        <section>
          <h3>
            {author?.name ?? t('messaging.somebody')}
            {role !== undefined && `, ${role}`}
            {item.message.released && `, ${t('messaging.released')}`} <time>{f.exactTime(item.message.at)}</time>
          </h3>
          <p className="messaging-record-words">{item.text}</p>
        </section>
      )
    }
  }
}
