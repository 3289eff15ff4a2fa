// An audience is who may read an event. It is written as a string, so that it can be a key, and built only here.
import { ID_PATTERN, type ParticipantId, type RoomId, type SideId, type VersionId } from './ids.ts'

export type Audience =
  | 'case' // everybody whose code was accepted: sides, subject, agreement to mediate, phase
  | 'all' // the joint session, from admission
  | 'mediators'
  | `side:${SideId}` // a caucus: the people of one side, and the mediators
  | `direct:${ParticipantId}` // one person and the mediators
  | `self:${ParticipantId}` // one person alone
  | `room:${RoomId}` // those whom a mediator has asked into a room of their own, and the mediators
  | `signers:${VersionId}` // the signers of one frozen version

export type AudienceKind = 'case' | 'all' | 'mediators' | 'side' | 'direct' | 'self' | 'room' | 'signers'

export function sideAudience(side: SideId): Audience {
  return `side:${side}`
}
export function directAudience(person: ParticipantId): Audience {
  return `direct:${person}`
}
export function selfAudience(person: ParticipantId): Audience {
  return `self:${person}`
}
export function roomAudience(room: RoomId): Audience {
  return `room:${room}`
}
export function signersAudience(version: VersionId): Audience {
  return `signers:${version}`
}

export function audienceKind(audience: Audience): AudienceKind {
  const colon = audience.indexOf(':')
  return (colon < 0 ? audience : audience.slice(0, colon)) as AudienceKind
}

/** The id behind the colon, or undefined for audiences that exist once in a case. */
export function audienceSubject(audience: Audience): string | undefined {
  const colon = audience.indexOf(':')
  return colon < 0 ? undefined : audience.slice(colon + 1)
}

export function isAudience(text: string): text is Audience {
  if (text === 'case' || text === 'all' || text === 'mediators') return true
  const match = /^(side|direct|self|room|signers):(.*)$/.exec(text)
  return match !== null && ID_PATTERN.test(match[2] ?? '')
}
