// One of the dialogs about words and files that may cross, fetched together: whoever opens one often needs the next.
import { useState } from 'react'
import type { Audience } from '#shared/kernel/audience.ts'
import type { PermissionId } from '#shared/kernel/ids.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { AllowDialog, type WhatToShow } from './AllowDialog.tsx'
import { AskWordingDialog } from './AskWordingDialog.tsx'
import { PermissionsDialog } from './PermissionsDialog.tsx'
import { TellDialog } from './TellDialog.tsx'
import './reasons.ts'

export type AskedCrossing =
  | { readonly kind: 'tell'; readonly message: Message; readonly text: string }
  | { readonly kind: 'allow'; readonly what: WhatToShow; readonly to?: Audience; readonly replaces?: PermissionId }
  | { readonly kind: 'wording' }
  | { readonly kind: 'all' }

interface CrossingDialogProps {
  /** The room that they are in. */
  readonly audience: Audience
  readonly asked: AskedCrossing
  readonly onClose: () => void
}

export function CrossingDialog({ audience, asked: first, onClose }: CrossingDialogProps) {
  const [asked, ask] = useState(first)
  const shown = { audience, onClose }
  switch (asked.kind) {
    case 'tell':
      return <TellDialog {...shown} {...asked} onAllow={(text) => ask({ kind: 'allow', what: { kind: 'own', text } })} />
    case 'allow':
      return <AllowDialog {...shown} {...asked} />
    case 'wording':
      return <AskWordingDialog {...shown} />
    case 'all':
      return <PermissionsDialog {...shown} onAllow={(allowed) => ask({ kind: 'allow', ...allowed })} />
  }
}
