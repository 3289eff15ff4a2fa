// Who reads a file now, and who may send one: asked of the log each time, fresh, so that what has ended on another server has ended here.
import type { PersonCaller } from '#server/http/caller.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { type LoadedCase, type Readers, readableBy, readsNow, viewFor } from '#server/log/case-state.ts'
import { actorIn, type CaseState, caseFold, presentPersonIn } from '#shared/cases/case-state.ts'
import { canPostFile } from '#shared/files/files-policy.ts'
import { type FileFacts, type FileReason, filePosted, fileReleased } from '#shared/files/files-protocol.ts'
import { postedFilesFold } from '#shared/files/posted-files.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError, type Problem } from '#shared/kernel/errors.ts'
import type { CaseId, FileId, ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { isConversation } from '#shared/messaging/messaging-policy.ts'
import { readBody } from '#shared/protocol/define.ts'
import type { Whose } from './allowances.ts'
import type { FileOf } from './audience-files.ts'

interface Deps {
  readonly log: Pick<CaseLog, 'state' | 'loaded' | 'refresh' | 'readPlacesAs'>
  readonly readers: Readers
  readonly clock: Clock
}

export interface FoundFile {
  readonly of: FileOf
  readonly facts: FileFacts
}

export interface FileReader {
  /** Throws where this person may not send a file at this moment: `not-found` of a room that is not theirs. */
  demandMayPost(caller: PersonCaller, audience: Audience): Promise<void>
  /** The file, for whoever reads its event now; undefined for everybody else, and of a file that does not exist. */
  find(caller: PersonCaller, fileId: FileId): Promise<FoundFile | undefined>
  /** A file of this very audience that this person posted there; undefined for everybody else's, and for one that was passed on. */
  ownFile(whose: Whose, audience: Audience, fileId: FileId): Promise<FileFacts | undefined>
  /** Whether this person reads it still, as far as this server knows. */
  stillReads(caller: PersonCaller, of: FileOf): boolean
  /** Learns what other servers have stored. */
  refresh(caseId: CaseId): Promise<void>
  isPosted(of: FileOf): Promise<boolean>
}

export function makeFileReader({ log, readers, clock }: Deps): FileReader {
  async function fresh(caseId: CaseId): Promise<LoadedCase> {
    await log.refresh(caseId)
    return log.state(caseId)
  }

  /** Where a file stands among what somebody may read. */
  function placeFor(state: LoadedCase, person: ParticipantId, fileId: FileId) {
    const known = stateIn(state.audiences, caseFold, 'case')
    // What was said while they were there stays theirs to read; who has left the case keeps nothing that is fetched.
    if (!known || !presentPersonIn(known, person)) return undefined
    for (const [audience, until] of readableBy(state, person, readers)) {
      const place = stateIn(state.audiences, postedFilesFold, audience)?.places.get(fileId)
      if (place && place.seq <= until) return { audience, ...place }
    }
    return undefined
  }

  return {
    async demandMayPost({ caseId, participantId }, audience) {
      const problem = refusalIn(await fresh(caseId), { caseId, participantId, audience, readers, now: clock.now() })
      if (problem) throw new AppError(problem)
    },
    async find({ caseId, participantId: person }, fileId) {
      const place = placeFor(await fresh(caseId), person, fileId)
      if (!place) return undefined
      const { audience, seq } = place
      const [event] = await log.readPlacesAs({ caseId, person, audience }, [seq])
      if (!event || event.body === null) return undefined
      const definition = event.type === fileReleased.name ? fileReleased : filePosted
      const { file } = readBody<{ readonly file: FileFacts }>(definition, event.version, JSON.parse(event.body))
      return { of: { caseId, audience, fileId }, facts: file }
    },
    async ownFile({ caseId, participantId: person }, audience, fileId) {
      const place = placeFor(await fresh(caseId), person, fileId)
      if (place?.audience !== audience) return undefined
      const [event] = await log.readPlacesAs({ caseId, person, audience }, [place.seq])
      if (!event || event.body === null || event.type !== filePosted.name || event.by !== person) return undefined
      return readBody(filePosted, event.version, JSON.parse(event.body)).file
    },
    stillReads: ({ caseId, participantId }, { fileId }) => placeFor(log.loaded(caseId), participantId, fileId) !== undefined,
    refresh: log.refresh,
    async isPosted({ caseId, audience, fileId }) {
      return stateIn((await fresh(caseId)).audiences, postedFilesFold, audience)?.places.has(fileId) ?? false
    },
  }
}

interface Asked {
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly audience: Audience
  readonly readers: Readers
  readonly now: number
}

function refusalIn(state: LoadedCase, { caseId, participantId, audience, readers, now }: Asked): Problem | undefined {
  const known = stateIn(state.audiences, caseFold, 'case')
  const folded = state.audiences.get(audience)
  const actor = known && presentActorIn(known, caseId, participantId)
  if (!actor || !folded || !isConversation(audience) || !readsNow(readers, folded, participantId)) return { kind: 'not-found' }
  const reason: FileReason = 'files/closed'
  return canPostFile(actor, audience, viewFor(state, actor, readers, []), now) ? undefined : { kind: 'conflict', reason }
}

function presentActorIn(state: CaseState, caseId: CaseId, id: ParticipantId): Person | undefined {
  return presentPersonIn(state, id) && actorIn(state, caseId, id)
}
