// The ids behind the day's people, which no screen shows: what an intruder would try, and what must not stand in the wrong frames.
import { answered, type Browser as HttpDevice } from '#server/testing/http-world.ts'
import { caseLook } from '#shared/cases/case-routes.ts'
import { invitationList } from '#shared/identity/invitation-protocol.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { Prey } from '../intruding.ts'
import type { Platform } from '../platform.ts'
import { openConnection } from '../quick-case.ts'

interface Trace {
  readonly name: string
  readonly id: ParticipantId
  readonly sideId: SideId | undefined
  readonly invitationId: string | undefined
}

export interface Traces {
  readonly caseId: CaseId
  readonly people: readonly Trace[]
}

export async function tracesOf(staff: HttpDevice, caseId: CaseId): Promise<Traces> {
  const { facts } = answered(await staff.call(caseLook, { caseId }))
  const { invitations } = answered(await staff.call(invitationList, { caseId }))
  const people = facts.people.map(({ id, name, sideId }) => ({
    name,
    id,
    sideId,
    invitationId: invitations.find(({ participantId }) => participantId === id)?.id,
  }))
  return { caseId, people }
}

/** The text that is closed now. */
export async function closedVersion(platform: Platform, staff: HttpDevice, { caseId }: Traces): Promise<string> {
  const connection = await openConnection(platform, { token: staff.token ?? '', caseId })
  const closed = (await connection.read('all')).findLast(({ type }) => type === 'version:frozen')
  connection.socket.close()
  return (JSON.parse(closed?.body ?? '{}') as { versionId: string }).versionId
}

export function traceOf({ people }: Traces, name: string): Trace {
  const trace = people.find((each) => each.name === name)
  if (!trace) throw new Error(`nobody is called ${name}`)
  return trace
}

/** The rooms of one side or one person that are somebody's own. */
export function ownRooms({ id, sideId }: Trace): readonly Audience[] {
  return [directAudience(id), selfAudience(id), ...(sideId === undefined ? [] : [sideAudience(sideId)])]
}

/** What belongs to all but this person; somebody of another case looks for everybody's. */
export function preyFor({ caseId, people }: Traces, { name = '', known = [] as readonly string[], rooms = [] as readonly string[] }): Prey {
  const mine = people.find((each) => each.name === name)
  const others = people.filter((each) => each !== mine)
  const ids = others.flatMap(({ id, sideId, invitationId }) => [id, sideId === mine?.sideId ? undefined : sideId, invitationId])
  return { caseId, ids: [...known, ...new Set(ids.filter((each) => each !== undefined))], rooms }
}
