// What may leave one room, folded from that room alone. What was redacted is as if it had never been given: nothing can be delivered by it.
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { CodeWay } from '#shared/identity/invitation-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId, PermissionId, WordingId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { type Fold, isEvent, type ParsedEvent } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import type { BodyOf } from '#shared/protocol/define.ts'
import type { IdentityLevel } from '#shared/signing/record-fields.ts'
import {
  messageMarked,
  permissionDelivered,
  permissionGiven,
  permissionWithdrawn,
  wordingAnswered,
  wordingAsked,
} from './crossing-protocol.ts'

interface Place {
  readonly epoch: number
  readonly seq: number
}

export type PermissionStage =
  | { readonly stage: 'given' }
  | { readonly stage: 'withdrawn'; readonly at: number }
  | { readonly stage: 'delivered'; readonly at: number }

interface PermissionFacts extends Place {
  readonly permissionId: PermissionId
  readonly owner: ParticipantId
  readonly at: number
  readonly to: Audience
  readonly readers: readonly ParticipantId[]
  readonly language: Locale
  readonly sentence: string
  readonly identityLevel: IdentityLevel
  readonly codes: readonly CodeWay[]
  readonly state: PermissionStage
}

interface AllowedWords extends PermissionFacts {
  readonly kind: 'words'
  readonly text: string
  readonly wordingId?: WordingId | undefined
}

interface AllowedFile extends PermissionFacts {
  readonly kind: 'file'
  /** Under the name that it crosses with; its id is that of the file in this room. */
  readonly file: FileFacts
  /** Where it was posted. */
  readonly place: Place
}

export type Permission = AllowedWords | AllowedFile

export interface Wording extends Place {
  readonly wordingId: WordingId
  /** Whose words they are to be. */
  readonly of: ParticipantId
  readonly by: ParticipantId
  readonly at: number
  readonly text: string
  /** Undefined until its owner has answered. */
  readonly isRight: boolean | undefined
}

/** Folded from any conversation but the joint one. */
export interface CrossingState {
  readonly permissions: Readonly<Record<PermissionId, Permission>>
  readonly wordings: Readonly<Record<WordingId, Wording>>
  /** The messages that the mediator may tell, by their numbers. */
  readonly mayTell: Readonly<Record<number, number>>
}

export const crossingFold: Fold<CrossingState> = {
  name: 'crossing',
  initial: { permissions: {}, wordings: {}, mayTell: {} },
  evolve(state, event) {
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
  },
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

/** In the order in which they were given. */
export const permissionsIn = ({ permissions }: CrossingState): readonly Permission[] => Object.values(permissions)

export const wordingsIn = ({ wordings }: CrossingState): readonly Wording[] => Object.values(wordings)

/** How many wordings wait for somebody's answer. */
export function questionsTo(person: ParticipantId, state: CrossingState | undefined): number {
  return state ? wordingsIn(state).filter(({ of, isRight }) => of === person && isRight === undefined).length : 0
}

export const isOpen = ({ state }: Permission): boolean => state.stage === 'given'

export function mayBeTold({ mayTell }: CrossingState, { epoch, seq }: Place): boolean {
  return mayTell[seq] === epoch
}
