// What is asked before a caucus: the mediator, before inviting a side; the side, before stepping over.
import type { ComponentProps } from 'react'
import { PauseFirst } from '#client/calls/entering/PauseFirst.tsx'
import { useJointCall } from '#client/calls/use-call.ts'
import { InviteDialog } from '#client/caucus/InviteDialog.tsx'
import { StepOver } from '#client/caucus/StepOver.tsx'
import { callPause } from '#shared/calls/calls-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { CaucusDialogs } from './CaucusDialogs.tsx'

export function CaucusQuestion({ asked: { kind, side }, phones, onClose, onEnter }: ComponentProps<typeof CaucusDialogs>) {
  const { stage } = useJointCall()
  if (kind === 'invite') {
    // whoever falls silent in a joint call that goes on tells with whom the mediator speaks
    const first = stage === 'running' ? { first: callPause, about: <PauseFirst /> } : {}
    return <InviteDialog {...first} sideId={side} phones={phones} onClose={onClose} onInvited={onClose} />
  }
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
