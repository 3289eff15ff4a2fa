// What those who wait have: fetched when the mediator has told a time, given this side a task, or paused the joint talk; by nothing else.
// Whoever is in a call that goes on does not wait.
import type { ComponentProps } from 'react'
import type { Part } from '#client/app/lazy-part.tsx'
import { QuietPart } from '#client/app/quiet-part.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import type { WaitingBanner } from '#client/waiting/WaitingBanner.tsx'
import { callFold } from '#shared/calls/calls-state.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { estimateFold, openTasksIn, tasksFold } from '#shared/waiting/waiting-state.ts'
import { OwnNotes } from './OwnNotes.tsx'

const STRIP: Part<ComponentProps<typeof WaitingBanner>> = {
  groups: ['while-waiting'],
  load: async () => (await import('#client/waiting/WaitingBanner.tsx')).WaitingBanner,
}

interface WaitingShownProps {
  /** This person is in a call that goes on. */
  readonly talks?: boolean
  readonly onText?: (() => void) | undefined
}

export function WaitingShown({ talks = false, onText }: WaitingShownProps) {
  const { me, state } = useCase()
  const estimate = useSlice(estimateFold, 'case')?.estimate
  const tasks = useSlice(tasksFold, me.sideId ? sideAudience(me.sideId) : 'all') ?? tasksFold.initial
  const isPaused = useSlice(callFold, 'all')?.stage === 'paused'
  const isShown = estimate !== undefined || isPaused || openTasksIn(tasks).length > 0
  if (!isShown || talks || mediates(me) || isMediationOver(state.phase)) return null
  return <QuietPart part={STRIP} props={{ onText, notes: me.sideId ? <OwnNotes /> : undefined }} />
}
