// What was redacted is as if it had never been given: nothing can be delivered by it.
import type { ParticipantId, PermissionId } from '#shared/kernel/ids.ts'
import { type Evolve, isEvent, type ParsedEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import type { BodyOf } from '#shared/protocol/define.ts'
import {
  messageMarked,
  permissionDelivered,
  permissionGiven,
  permissionWithdrawn,
  wordingAnswered,
  wordingAsked,
} from './crossing-protocol.ts'
import { type CrossingState, type Permission, type PermissionStage, type Place, permissionsIn, wordingsIn } from './crossing-state.ts'

export const evolveCrossing: Evolve<CrossingState> = (state, event) => {
  if (event.by === 'system') return state
  if (isEvent(event, messageMarked)) return withMark(state, event.body)
  if (isEvent(event, permissionGiven)) return given(state, event, event.by)
  if (isEvent(event, permissionWithdrawn)) return ended(state, event.body.permissionId, { stage: 'withdrawn', at: event.at })
  if (isEvent(event, permissionDelivered)) return ended(state, event.body.permissionId, { stage: 'delivered', at: event.at })
  if (isEvent(event, wordingAsked)) {
    const { epoch, seq, by, at } = event
    return {
      ...state,
      wordings: { ...state.wordings, [event.body.wordingId]: { ...event.body, epoch, seq, by, at, isRight: undefined } },
    }
  }
  if (isEvent(event, wordingAnswered)) {
    const { wordingId, isRight } = event.body
    const wording = state.wordings[wordingId]
    return wording ? { ...state, wordings: { ...state.wordings, [wordingId]: { ...wording, isRight } } } : state
  }
  return isEvent(event, bodyRedacted) ? without(state, event.body) : state
}

function given(state: CrossingState, event: ParsedEvent<BodyOf<typeof permissionGiven>>, owner: ParticipantId): CrossingState {
  const { epoch, seq, at } = event
  const { replaces, ...body } = event.body
  const before = replaces === undefined ? state : ended(state, replaces, { stage: 'withdrawn', at })
  const permission: Permission = { ...body, epoch, seq, at, owner, state: { stage: 'given' } }
  return { ...before, permissions: { ...before.permissions, [body.permissionId]: permission } }
}

function ended(state: CrossingState, id: PermissionId, stage: PermissionStage): CrossingState {
  const permission = state.permissions[id]
  if (!permission) return state
  return { ...state, permissions: { ...state.permissions, [id]: { ...permission, state: stage } } }
}

function withMark(state: CrossingState, { epoch, seq, mark }: Place & { readonly mark: string }): CrossingState {
  const { [seq]: before, ...others } = state.mayTell
  if ((before === epoch) === (mark === 'you-may-tell')) return state
  return { ...state, mayTell: mark === 'you-may-tell' ? { ...others, [seq]: epoch } : others }
}

/** A message that is gone bears no mark; a permission and a wording go with their words. */
function without(state: CrossingState, gone: Place): CrossingState {
  const isGone = ({ epoch, seq }: Place) => epoch === gone.epoch && seq === gone.seq
  const permission = permissionsIn(state).find(isGone)
  const wording = wordingsIn(state).find(isGone)
  if (permission) {
    const { [permission.permissionId]: _gone, ...permissions } = state.permissions
    return { ...state, permissions }
  }
  if (wording) {
    const { [wording.wordingId]: _gone, ...wordings } = state.wordings
    return { ...state, wordings }
  }
  return state.mayTell[gone.seq] === gone.epoch ? withMark(state, { ...gone, mark: 'only-you' }) : state
}
