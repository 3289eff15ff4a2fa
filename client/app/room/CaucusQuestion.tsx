// What is asked before a caucus: the mediator, before inviting a side; the side, before stepping over.
import type { ComponentProps } from 'react'
import { InviteDialog } from '#client/caucus/InviteDialog.tsx'
import { StepOver } from '#client/caucus/StepOver.tsx'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { CaucusDialogs } from './CaucusDialogs.tsx'

export function CaucusQuestion({ asked: { kind, side }, phones, onClose, onEnter }: ComponentProps<typeof CaucusDialogs>) {
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
