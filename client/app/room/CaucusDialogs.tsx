// What is asked before a caucus: the mediator, before inviting a side; the side, before stepping over.
import { InviteDialog } from '#client/caucus/InviteDialog.tsx'
import { StepOver } from '#client/caucus/StepOver.tsx'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'

export interface AskedCaucus {
  readonly kind: 'invite' | 'step-over'
  readonly side: SideId
}

interface CaucusDialogsProps {
  readonly asked: AskedCaucus
  readonly phones: ReadonlyMap<ParticipantId, string>
  readonly onClose: () => void
  readonly onEnter: (audience: Audience) => void
}

export function CaucusDialogs({ asked: { kind, side }, phones, onClose, onEnter }: CaucusDialogsProps) {
  if (kind === 'invite') return <InviteDialog sideId={side} phones={phones} onClose={onClose} onInvited={onClose} />
  return (
    <StepOver
      sideId={side}
      onClose={onClose}
      onEntered={() => {
        onClose()
        onEnter(sideAudience(side))
      }}
    />
  )
}
