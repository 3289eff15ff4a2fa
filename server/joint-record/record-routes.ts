import { actorOf } from '#server/cases/actor-of.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { type Readers, viewFor } from '#server/log/case-state.ts'
import { demand, makeTokenBucket } from '#server/realtime/token-bucket.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { canExportRecord } from '#shared/joint-record/joint-record-policy.ts'
import { type JointRecordReason, recordDownload } from '#shared/joint-record/joint-record-routes.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { jointRecordFold } from '#shared/messaging/joint-record-state.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { buildRecord } from './build-record.ts'

interface Deps extends Omit<Parameters<typeof buildRecord>[0], 'log'> {
  readonly log: Pick<CaseLog, 'state' | 'readWhole'>
  readonly readers: Readers
  readonly clock: Clock
}

/** Of one person: each is read, drawn and packed anew. */
const EXPORTS = { burst: 4, perSecond: 1 / 30 }
const REASONS = { judge: 'joint-record/judge', 'not-whole': 'joint-record/not-whole' } as const satisfies Record<string, JointRecordReason>

export function recordRoutes({ log, readers, clock, ...deps }: Deps): readonly ServedRoute[] {
  const exports = makeTokenBucket({ clock, ...EXPORTS })
  return [
    serve(recordDownload, async ({ caseId, language }, caller) => {
      if (caller.caseId !== caseId) throw new AppError({ kind: 'not-found' })
      const loaded = await log.state(caseId)
      const actor = actorOf(loaded, caseId, caller.participantId)
      if (actor?.kind !== 'person') throw new AppError({ kind: 'not-found' })
      const view = viewFor(loaded, actor, readers, [])
      const [state, room] = [view.state(caseFold, 'case'), view.state(roomFold, 'all')]
      if (!state?.facts || !room) throw new AppError({ kind: 'not-found' })
      const answer = canExportRecord(actor, room, state)
      if (answer === 'not-theirs') throw new AppError({ kind: 'not-found' })
      if (answer !== 'yes') throw new AppError({ kind: 'forbidden', reason: REASONS[answer] })
      demand(exports, `${caseId} ${actor.id}`, { seconds: Math.ceil(1 / EXPORTS.perSecond) })
      const closedAt = view.state(jointRecordFold, 'all')?.closed?.at
      const bytes = await buildRecord({ log, ...deps }, { caseId, facts: state.facts, closedAt, language, now: clock.now() })
      return { bytes, fileName: 'bitim-joint-record.zip' }
    }),
  ]
}
