// What may leave one room, folded from that room alone.
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId, PermissionId, WordingId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { Slice } from '#shared/log/fold.ts'
import type { IdentityLevel } from '#shared/signing/record-fields.ts'

export interface Place {
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

export const crossingFold: Slice<CrossingState> = {
  name: 'crossing',
  initial: { permissions: {}, wordings: {}, mayTell: {} },
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
