// The only way by which words and files leave the room they were in: copied from a permission that stands, by its mediator, to the people it
// names.
import { nameIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { may, mayAtAll } from '#shared/cases/may.ts'
import { fileReleased } from '#shared/files/files-protocol.ts'
import { postedFilesFold } from '#shared/files/posted-files.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type PermissionId } from '#shared/kernel/ids.ts'
import { type Decision, decided, newEvent, personRule, refuse, type View } from '#shared/log/decide.ts'
import { talkIn } from '#shared/messaging/messaging-policy.ts'
import { messageReleased } from '#shared/messaging/messaging-protocol.ts'
import { isMember } from '#shared/rooms/room-state.ts'
import { deliverAct } from './crossing-acts.ts'
import { copiedFileFact } from './crossing-facts.ts'
import { canDeliver } from './crossing-policy.ts'
import { permissionDeliver, permissionDelivered } from './crossing-protocol.ts'
import type { Permission } from './crossing-state.ts'
import { unnamed } from './decide-permission.ts'
import { lookInto } from './look.ts'
import { readersThere } from './permission-target.ts'

export const deliverRule = personRule({
  command: permissionDeliver,
  facts: { copy: copiedFileFact },
  decide(view, input, { actor, now, newId, facts: { copy } }) {
    const permission = permissionToDeliver(view, input, { actor, now })
    if ('decided' in permission) return permission
    const { permissionId, to, owner: author } = permission
    const id = asId<CommandId>(newId(to))
    const delivered = newEvent(permissionDelivered, input.audience, { permissionId })
    if (permission.kind === 'words') return decided(newEvent(messageReleased, to, { id, text: permission.text, author }), delivered)
    if (!copy) return refuse('conflict', 'crossing/file-gone')
    if (!copy.copied) return { decided: false, problem: copy.problem }
    return decided(newEvent(fileReleased, to, { id, file: copy.file, author }), delivered)
  },
})

interface Delivery {
  readonly audience: Audience
  readonly permissionId: PermissionId
  readonly seq: number
}

interface Deliverer {
  readonly actor: Person
  readonly now: number
}

/** The permission, when it can be delivered as things stand; or why not. Asked before a file is copied, and again when it was. */
export function permissionToDeliver(
  view: View,
  { audience, permissionId, seq }: Delivery,
  { actor, now }: Deliverer,
): Permission | Decision {
  const here = lookInto(view, audience)
  const permission = here?.crossing.permissions[permissionId]
  if (!here || permission?.seq !== seq) return refuse('not-found')
  const { state, phase } = here
  const { to, owner, readers } = permission
  if (!mayAtAll(actor, deliverAct, audience)) return refuse('forbidden')
  if (permission.state.stage !== 'given') return refuse('conflict', `crossing/${permission.state.stage}`)
  if (!may(actor, deliverAct, audience, phase)) return refuse('conflict', 'crossing/closed')
  if (presentPersonIn(state, owner) === undefined) return refuse('conflict', 'crossing/owner-gone')
  if (permission.kind === 'file' && !view.state(postedFilesFold, audience)?.places.has(permission.file.fileId))
    return refuse('conflict', 'crossing/file-gone')
  const target = talkIn(view, to, now)
  if (!isMember(target?.room, actor.id)) return refuse('conflict', 'crossing/not-there')
  if (!canDeliver(actor, { ...here, permission, target })) return refuse('conflict', 'messaging/closed')
  // Somebody reads there whom the person was not told of: they are asked anew.
  const strangers = unnamed(readersThere(to, { view, state, now }), readers)
  if (strangers.length === 0) return permission
  return refuse('conflict', 'crossing/readers-changed', { details: { names: strangers.map((id) => nameIn(state, id) ?? '') } })
}
