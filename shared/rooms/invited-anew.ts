// Whether somebody who was taken out of the case has been invited since: told by the order of their own line to the mediator, where both
// stand. A link or a code from before brings nobody back, whenever it is typed.
import { accessChanged } from '#shared/identity/access-protocol.ts'
import { audienceKind, audienceSubject } from '#shared/kernel/audience.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { grantEnded, roomLeft } from './room-protocol.ts'

/** Folded from a person's own line to the mediator. */
export const invitedAnewFold: Fold<boolean> = {
  name: 'invited-anew',
  initial: false,
  evolve(state, event) {
    if (audienceKind(event.audience) !== 'direct') return state
    if (isEvent(event, accessChanged)) return state || event.body.what === 'link-made'
    if (isEvent(event, grantEnded)) return false
    return isEvent(event, roomLeft) && event.body.participantId === audienceSubject(event.audience) ? false : state
  },
}
