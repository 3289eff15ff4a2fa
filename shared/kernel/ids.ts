// Branded ids. Every id that leaves the server is random: an order or a count in an id would tell one side what happens elsewhere.
declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type CaseId = Branded<'CaseId'>
export type ParticipantId = Branded<'ParticipantId'>
export type SideId = Branded<'SideId'>
export type CommandId = Branded<'CommandId'>
export type VersionId = Branded<'VersionId'>
export type AccountId = Branded<'AccountId'>
export type UnfinishedId = Branded<'UnfinishedId'>
export type InvitationId = Branded<'InvitationId'>
export type FileId = Branded<'FileId'>
export type DocumentId = Branded<'DocumentId'>
export type GrantId = Branded<'GrantId'>
export type RoomId = Branded<'RoomId'>
export type RestorationId = Branded<'RestorationId'>
export type DeletionId = Branded<'DeletionId'>
export type MeetingId = Branded<'MeetingId'>
export type PermissionId = Branded<'PermissionId'>
export type WordingId = Branded<'WordingId'>
export type TaskId = Branded<'TaskId'>
export type MediaId = Branded<'MediaId'>

/** 16 random bytes in base64url: 22 characters. */
export const ID_PATTERN = /^[A-Za-z0-9_-]{22}$/

/** Declares a checked or freshly made string to be an id; the only place where ids are cast. */
export function asId<Id extends Branded<string>>(text: string): Id {
  return text as Id
}
