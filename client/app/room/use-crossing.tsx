// Where words and files that may cross meet the room: an entry in the menu of each, lines in the talk, a line above it. Everything else is fetched.
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
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { crossingFold, mayBeTold, permissionsIn, wordingsIn } from '#shared/crossing/crossing-state.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'

const DIALOG: Part<ComponentProps<typeof CrossingDialog>> = {
  groups: ['crossing', 'files'],
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
  /** What is in the menu of a file of one's own. */
  readonly fileItems: (file: FileFacts) => readonly MenuItem[]
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
  const mayAllow = audience !== 'all' && !mediating
  const item = useCallback(
    (asked: AskedCrossing): MenuItem => ({ id: 'tell', label: t('crossing.menu'), icon: 'share', onSelect: () => ask(asked) }),
    [t, ask],
  )
  const fileItems = useCallback(
    (file: FileFacts) => (mayAllow ? [item({ kind: 'allow', what: { kind: 'file', file } })] : []),
    [mayAllow, item],
  )
  const acts = useMemo<MessageActs>(
    () => ({
      items: (message, text) => (mayAllow ? [item({ kind: 'tell', message, text })] : []),
      note: (message) => (mayBeTold(known, message) ? t('crossing.mark') : undefined),
    }),
    [known, mayAllow, item, t],
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
        const { permissionId, kind, to, state: end } = permission
        const given = line(`p${permissionId}`, permission, { what: 'given', kind, to })
        return end.stage === 'given'
          ? [given]
          : [given, line(`e${permissionId}`, { at: end.at, seq: undefined }, { what: end.stage, kind, to })]
      }),
    ]
  }, [known, ask])
  const byPhone = mediating && audience !== 'all' && state.facts?.voice === 'phone' && state.phase !== 'closed'
  return {
    acts,
    fileItems,
    lines,
    bar: known !== crossingFold.initial && <QuietPart key={audience} part={BAR} props={{ audience, onShow: () => ask({ kind: 'all' }) }} />,
    before: byPhone && <IconButton icon="note" label={t('crossing.menu.wording')} onClick={() => ask({ kind: 'wording' })} />,
    dialog: open?.audience === audience && (
      <LazyDialog part={DIALOG} props={{ ...open, onClose: () => setOpen(undefined) }} title={t('crossing.menu')} />
    ),
  }
}
