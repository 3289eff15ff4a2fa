// Tells the server in which room this mediator is, for their own minutes: after a switch, and when the server knows of no place any more. A
// device that stands still says nothing, so that two devices of one mediator do not contradict each other.
import { meaningOf } from '#client/realtime/ack-meaning.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { type MediatorPlace, mediatorMove } from '#shared/caucus/minutes/minutes-protocol.ts'
import { minutesFold } from '#shared/caucus/minutes/minutes-state.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import { stateIn } from '#shared/log/fold.ts'

/** A room that was only passed through is not told. */
const SETTLED_AFTER = 1_000
const AGAIN_AFTER = 5_000

interface PlaceTold extends Owned {
  /** Where the mediator is now. */
  at(place: MediatorPlace): void
}

export function tellPlace({ store, connection, timers, tell }: CaseClient): PlaceTold {
  let place: MediatorPlace | undefined
  let told: MediatorPlace | undefined
  let cancel: (() => void) | undefined
  let isTelling = false
  let isOver = false
  const stops = [store.subscribe(() => look()), connection.subscribe(() => look())]

  function isDue(): boolean {
    const { me, audiences, caughtUp } = store.snapshot()
    if (isOver || place === undefined || !me || !caughtUp || connection.state().kind !== 'live') return false
    if (stateIn(audiences, caseFold, 'case')?.session === undefined) return false
    return told !== place || stateIn(audiences, minutesFold, selfAudience(me))?.place === undefined
  }

  function look(after = SETTLED_AFTER): void {
    if (isTelling || !isDue()) return
    cancel ??= timers.after(after, () => {
      cancel = undefined
      if (isDue()) void tellNow()
    })
  }

  async function tellNow() {
    const saying = place
    if (saying === undefined) return
    isTelling = true
    const ack = await tell(mediatorMove, { place: saying })
    isTelling = false
    const meaning = ack && meaningOf(ack)
    // what is refused for good is not said again: an older server does not know of places
    if (meaning?.kind === 'settled') told = saying
    if (ack?.ok === false && meaning?.kind === 'settled') return
    look(meaning?.kind === 'later' ? meaning.after : AGAIN_AFTER)
  }

  function end() {
    isOver = true
    cancel?.()
    for (const stop of stops) stop()
  }
  return {
    at(next) {
      if (next === place) return
      place = next
      look()
    },
    close: end,
    wipe: end,
  }
}
