// How far back somebody who came late is to read: all of it, or from a day on. Read is read: it cannot be taken back.
import { useMemo, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useHeldFrom, useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { audienceWho } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { earlierOpen } from '#shared/rooms/room-protocol.ts'
import { roomFold, wordsAfter } from '#shared/rooms/room-state.ts'

interface OpenEarlierProps {
  readonly audience: Audience
  readonly person: ParticipantId
  readonly onClose: () => void
}

/** As many days as a hand can choose from; further back it is all or nothing. */
const DAYS = 5

export function OpenEarlierDialog({ audience, person, onClose }: OpenEarlierProps) {
  const t = useTexts()
  const { state } = useCase()
  const { run, busy, problem } = useCommand()
  const days = useDays(audience, person)
  const [chosen, choose] = useState<string>()
  const from = days.length > 0 ? chosen : '1'
  const options = [
    { value: '1', label: t('rooms.late.all') },
    ...days.map(({ seq, day }) => ({ value: String(seq), label: t('rooms.late.from', { day }) })),
  ]
  return (
    <ConfirmDialog
      title={t('rooms.late.title', { name: nameIn(state, person) ?? '' })}
      kind="who"
      who={audienceWho(state, audience)}
      confirm={t('rooms.late.open')}
      missing={from === undefined && t('rooms.late.choose')}
      busy={busy}
      problem={problem}
      act={async () => from !== undefined && run(earlierOpen, { audience, participantId: person, from: Number(from) })}
      onClose={onClose}
    >
      <p>{t(audience === 'all' ? 'rooms.late.words.all' : 'rooms.late.words.own')}</p>
      {days.length > 0 && <RadioGroup label={t('rooms.late.how-far')} options={options} value={from} onChange={choose} />}
    </ConfirmDialog>
  )
}

interface Day {
  /** Of its first message. */
  readonly seq: number
  readonly day: string
}

/** The last days of what they do not read yet, the first of all left out: that is everything. */
function useDays(audience: Audience, person: ParticipantId): readonly Day[] {
  const { date } = useFormats()
  const { messages } = useSlice(messagingFold, audience) ?? messagingFold.initial
  const closed = wordsAfter(useSlice(roomFold, audience), person)
  const held = useHeldFrom(audience)
  return useMemo(() => {
    const firsts = new Map<string, number>()
    for (const { seq, at } of valuesOf(messages)) if (seq <= closed && !firsts.has(date(at))) firsts.set(date(at), seq)
    const days = [...firsts].map(([day, seq]) => ({ seq, day }))
    return days
      .slice(held ? 0 : 1)
      .slice(-DAYS)
      .reverse()
  }, [messages, closed, held, date])
}
