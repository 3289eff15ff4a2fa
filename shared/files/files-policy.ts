import { may } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import { canPost, talkIn } from '#shared/messaging/messaging-policy.ts'
import { isLockedFor } from '#shared/rooms/lock-policy.ts'
import { postFileAct } from './files-acts.ts'

/** Wherever one may write at this moment, as far as one may send files at all and the mediator has not locked them there. */
export function canPostFile(actor: Person, audience: Audience, view: View, now?: number): boolean {
  const talk = talkIn(view, audience, now)
  if (!talk || !may(actor, postFileAct, audience, talk.state.phase)) return false
  return canPost(actor, audience, talk) && !isLockedFor(actor, view, audience, 'files')
}
