// The only way by which words leave the room they were said in: copied from a permission that stands, by its mediator, to the people it names.
import { nameIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { talkIn } from '#shared/messaging/messaging-policy.ts'
import { messageReleased } from '#shared/messaging/messaging-protocol.ts'
import { isMember } from '#shared/rooms/room-state.ts'
import { deliverAct } from './crossing-acts.ts'
import { canDeliver } from './crossing-policy.ts'
import { permissionDeliver, permissionDelivered } from './crossing-protocol.ts'
import { unnamed } from './decide-permission.ts'
import { lookInto } from './look.ts'
import { readersThere } from './permission-target.ts'

export const deliverRule = personRule({
  command: permissionDeliver,
  decide(view, { audience, permissionId }, { actor, now, newId }) {
    const here = lookInto(view, audience)
    const permission = here?.crossing.permissions[permissionId]
    if (!here || !permission) return refuse('not-found')
    const { state, phase } = here
    const { to, text, owner: author, readers } = permission
    if (!mayAtAll(actor, deliverAct, audience)) return refuse('forbidden')
    if (permission.state.stage !== 'given') return refuse('conflict', `crossing/${permission.state.stage}`)
    if (!may(actor, deliverAct, audience, phase)) return refuse('conflict', 'crossing/closed')
    if (presentPersonIn(state, author) === undefined) return refuse('conflict', 'crossing/owner-gone')
    const target = talkIn(view, to, now)
    if (!isMember(target?.room, actor.id)) return refuse('conflict', 'crossing/not-there')
    if (!canDeliver(actor, { ...here, permission, target })) return refuse('conflict', 'messaging/closed')
    // Somebody reads there whom the person was not told of: they are asked anew.
    const strangers = unnamed(readersThere(to, { view, state, now }), readers)
    if (strangers.length > 0)
      return refuse('conflict', 'crossing/readers-changed', { details: { names: strangers.map((id) => nameIn(state, id) ?? '') } })
    return decided(
      newEvent(messageReleased, to, { id: asId<CommandId>(newId(to)), text, author }),
      newEvent(permissionDelivered, audience, { permissionId }),
    )
  },
})
