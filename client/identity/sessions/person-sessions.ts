// Sessions of invited people on this device: by link and code, or by what an earlier visit left (a cookie that no script can read).
// Several people may share a browser; each has a token of their own.
import { createTokenKeeper, type HeldToken, type TokenKeeper } from '#client/http/token-keeper.ts'
import type { ToolParts } from '#client/http/tools.tsx'
import { joinEnter, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { base64url, utf8 } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { rememberedPeople } from './remembered-people.ts'

export interface OpenPerson {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  /** False: not the person's own device, nothing may stay. */
  readonly keep: boolean
}

interface PersonSessions {
  /** Whose link this is, if this device has been let in by it before. */
  whose(secret: string): Promise<OpenPerson | undefined>
  /** Who else of this case is in on this device, as far as it remembers them, and has not given it away. Without a connection nobody is known. */
  besides(caseId: CaseId, participantId: ParticipantId): Promise<readonly OpenPerson[]>
  /**
   * Who acts in a case on this device: the one named, else the last whom this page opened or this device remembers.
   * Asks nobody: without a connection, too, a room can be shown. Who is not remembered is on a device that is not theirs.
   */
  inCase(caseId: CaseId, participantId: ParticipantId | undefined): OpenPerson | undefined
  enter(input: { secret: string; code: string; keep: boolean }): Promise<OpenPerson>
  /** 'ended': a code is needed again. 'held': the phone was given to somebody else. Throws Unreachable without a connection. */
  resume(participantId: ParticipantId): Promise<OpenPerson | 'ended' | 'held'>
  /** Whether the last token was refused because the phone was given to somebody else. */
  isHeld(participantId: ParticipantId): boolean
  freshToken(participantId: ParticipantId, options: { renew: boolean }): Promise<HeldToken | 'ended'>
  /** Forgets here at once; the server's side follows when it can be reached. */
  leave(participantId: ParticipantId): Promise<void>
}

interface Held {
  readonly tokens: TokenKeeper
  person: OpenPerson | undefined
  isHeld: boolean
}

export function createPersonSessions({ api, storage }: Pick<ToolParts, 'api' | 'storage'>): PersonSessions {
  const remembered = rememberedPeople(storage)
  const held = new Map<ParticipantId, Held>()
  const heldFor = (participantId: ParticipantId): Held => {
    const known = held.get(participantId)
    if (known) return known
    const made: Held = {
      person: undefined,
      isHeld: false,
      tokens: createTokenKeeper({
        now: api.now,
        async refresh() {
          made.isHeld = false
          try {
            const session = await api.call(personRefresh, { participantId })
            made.person = openOf(session)
            return session
          } catch (error) {
            made.isHeld = error instanceof AppError && error.problem.reason === 'identity/session-held'
            throw error
          }
        },
      }),
    }
    held.set(participantId, made)
    return made
  }
  const gone = (participantId: ParticipantId) => {
    remembered.drop(participantId)
    held.delete(participantId)
  }
  const isHeld = (participantId: ParticipantId) => held.get(participantId)?.isHeld === true
  const freshToken: PersonSessions['freshToken'] = async (participantId, options) => {
    const token = await heldFor(participantId).tokens.fresh(options)
    // given away it is not over: its person comes back by their own code
    if (token === 'ended' && !isHeld(participantId)) gone(participantId)
    return token
  }
  const resume: PersonSessions['resume'] = async (participantId) => {
    const token = await freshToken(participantId, { renew: false })
    if (token === 'ended') return isHeld(participantId) ? 'held' : 'ended'
    return held.get(participantId)?.person ?? 'ended'
  }
  return {
    async whose(secret) {
      const people = remembered.all()
      if (people.length === 0) return undefined
      const link = await digest(secret)
      const found = people.find((person) => person.link === link)
      return found && openOf({ ...found, keep: true })
    },
    async besides(caseId, participantId) {
      const others = remembered.all().filter((each) => each.caseId === caseId && each.participantId !== participantId)
      const found = await Promise.all(others.map((each) => resume(each.participantId).catch(() => 'unknown' as const)))
      return found.filter((each) => typeof each === 'object')
    },
    inCase(caseId, participantId) {
      const known = remembered
        .all()
        .map((person): OpenPerson => ({ caseId: person.caseId, participantId: person.participantId, keep: true }))
      const open = [...held.values()].flatMap(({ person }) => (person ? [person] : []))
      const found = [...known, ...open].findLast(
        (person) => person.caseId === caseId && (participantId === undefined || person.participantId === participantId),
      )
      return found ?? (participantId && { caseId, participantId, keep: false })
    },
    async enter(input) {
      const session = await api.call(joinEnter, input)
      const { participantId, caseId } = session
      const { tokens } = heldFor(participantId)
      tokens.hold(session)
      heldFor(participantId).person = openOf(session)
      if (session.keep) remembered.keep({ link: await digest(input.secret), participantId, caseId })
      else remembered.drop(participantId)
      return openOf(session)
    },
    resume,
    isHeld,
    freshToken,
    async leave(participantId) {
      gone(participantId)
      await api.call(personSignOut, { participantId })
    },
  }
}

function openOf({ caseId, participantId, keep }: OpenPerson): OpenPerson {
  return { caseId, participantId, keep }
}

async function digest(secret: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(secret))))
}
