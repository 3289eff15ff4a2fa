// Where words that may cross meet the room: an entry in a message's menu, lines in the talk, a line above it. Everything else is fetched.
import { type ComponentProps, type ReactNode, useCallback, useMemo, useState } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import type { CrossingBar } from '#client/crossing/CrossingBar.tsx'
import type { AskedCrossing, CrossingDialog } from '#client/crossing/CrossingDialog.tsx'
import type { CrossingEvent, CrossingLine } from '#client/crossing/CrossingLine.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { MessageActs } from '#client/messaging/message-acts.ts'
import type { TimelineEvent } from '#client/messaging/timeline.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { crossingFold, mayBeTold, permissionsIn, wordingsIn } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'

const DIALOG: Part<ComponentProps<typeof CrossingDialog>> = {
  groups: ['crossing'],
  load: async () => (await import('#client/crossing/CrossingDialog.tsx')).CrossingDialog,
}
const BAR: Part<ComponentProps<typeof CrossingBar>> = {
  groups: ['crossing'],
  load: async () => (await import('#client/crossing/CrossingBar.tsx')).CrossingBar,
}
const LINE: Part<ComponentProps<typeof CrossingLine>> = {
  groups: ['crossing'],
  load: async () => (await import('#client/crossing/CrossingLine.tsx')).CrossingLine,
}

interface Crossing {
  readonly acts: MessageActs
  readonly lines: readonly TimelineEvent[]
  readonly bar: ReactNode
  /** Before the field: what somebody said by telephone is written down. */
  readonly before: ReactNode
  readonly dialog: ReactNode
}

export function useCrossing(audience: Audience): Crossing {
  const t = useTexts()
  const { me, state } = useCase()
  const known = useSlice(crossingFold, audience) ?? crossingFold.initial
  // with the room that it was asked in: it is never shown in another
  const [open, setOpen] = useState<{ readonly audience: Audience; readonly asked: AskedCrossing }>()
  const ask = useCallback((asked: AskedCrossing) => setOpen({ audience, asked }), [audience])
  const mediating = mediates(me)
  const acts = useMemo<MessageActs>(
    () => ({
      items: (message, text) =>
        audience === 'all' || mediating
          ? []
          : [{ id: 'tell', label: t('crossing.menu'), icon: 'share', onSelect: () => ask({ kind: 'tell', message, text }) }],
      note: (message) => (mayBeTold(known, message) ? t('crossing.mark') : undefined),
    }),
    [known, audience, mediating, t, ask],
  )
  const lines = useMemo(() => {
    const show = () => ask({ kind: 'all' })
    const line = (key: string, { at, seq }: Pick<TimelineEvent, 'at' | 'seq'>, event: CrossingEvent): TimelineEvent => ({
      ...{ key, at, seq },
      words: <QuietPart part={LINE} props={{ event, at, onShow: show }} />,
    })
    return [
      ...wordingsIn(known).map((wording) => line(`w${wording.wordingId}`, wording, { what: 'wording' })),
      ...permissionsIn(known).flatMap((permission) => {
        const { permissionId, to, state: end } = permission
        const given = line(`p${permissionId}`, permission, { what: 'given', to })
        return end.stage === 'given' ? [given] : [given, line(`e${permissionId}`, { at: end.at, seq: undefined }, { what: end.stage, to })]
      }),
    ]
  }, [known, ask])
  const byPhone = mediating && audience !== 'all' && state.facts?.voice === 'phone' && state.phase !== 'closed'
  return {
    acts,
    lines,
    bar: known !== crossingFold.initial && <QuietPart key={audience} part={BAR} props={{ audience, onShow: () => ask({ kind: 'all' }) }} />,
    before: byPhone && <IconButton icon="phone" label={t('crossing.menu.wording')} onClick={() => ask({ kind: 'wording' })} />,
    dialog: open?.audience === audience && (
      <LazyDialog part={DIALOG} props={{ ...open, onClose: () => setOpen(undefined) }} title={t('crossing.menu')} />
    ),
  }
}
