// All that may leave this room, or was asked about, the newest first.
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { crossingFold, permissionsIn, wordingsIn } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { PermissionId } from '#shared/kernel/ids.ts'
import type { WhatToShow } from './AllowDialog.tsx'
import { PermissionCard } from './PermissionCard.tsx'
import { WordingCard } from './WordingCard.tsx'
import './crossing.css'

export interface AllowNext {
  readonly what: WhatToShow
  readonly to?: Audience
  readonly replaces?: PermissionId
}

interface PermissionsDialogProps {
  readonly audience: Audience
  readonly onAllow: (next: AllowNext) => void
  readonly onClose: () => void
}

export function PermissionsDialog({ audience, onAllow, onClose }: PermissionsDialogProps) {
  const t = useTexts()
  const known = useSlice(crossingFold, audience) ?? crossingFold.initial
  const all = [
    ...wordingsIn(known).map((wording) => ({
      seq: wording.seq,
      card: <WordingCard key={wording.wordingId} audience={audience} wording={wording} onAllow={onAllow} />,
    })),
    ...permissionsIn(known).map((permission) => ({
      seq: permission.seq,
      card: <PermissionCard key={permission.permissionId} audience={audience} permission={permission} onAllow={onAllow} />,
    })),
  ].toSorted((a, b) => b.seq - a.seq)
  return (
    <Dialog title={t('crossing.list.title')} size="l" onClose={onClose}>
      <Stack gap={4}>
        <Muted>{t('crossing.list.words')}</Muted>
        {all.map(({ card }) => card)}
        {all.length === 0 && <p>{t('crossing.list.empty')}</p>}
      </Stack>
    </Dialog>
  )
}
