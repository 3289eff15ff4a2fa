// What every connection to a case can ask: a command, what was missed, a longer life.
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase, Readers } from '#server/log/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { commandEnvelope, type OlderAnswer, olderRequest, resumeRequest, tokenField, WIRE } from '#shared/protocol/wire.ts'
import type { Connection } from './connection.ts'
import { PAGES, RENEWALS } from './connection-limits.ts'
import { LAST_PAGE, resume } from './resume.ts'
import { demand, makeTokenBucket } from './token-bucket.ts'

interface Deps {
  readonly log: CaseLog
  readonly readers: Readers
  readonly clock: Clock
  readonly connectedFor: (state: LoadedCase, viewer: Person) => readonly ParticipantId[]
}

export function caseMessages({ log, readers, clock, connectedFor }: Deps): (connection: Connection) => void {
  const bucket = makeTokenBucket({ clock, burst: 60, perSecond: 20 })
  const pages = makeTokenBucket({ clock, ...PAGES })
  const renewals = makeTokenBucket({ clock, ...RENEWALS })

  return (connection) => {
    const { actor } = connection
    const { caseId, id: me } = actor
    const admit = () => demand(bucket, me, { seconds: 1 })
    const reading = () => demand(pages, me, { seconds: 1 })
    connection.handle({
      name: WIRE.command,
      input: commandEnvelope,
      admit,
      async run(envelope) {
        const at = await log.command(actor, envelope, () => connection.demandOwnCode())
        const near = log.near(actor)
        return near ? { at, near } : { at }
      },
    })
    connection.handle({
      name: WIRE.resume,
      input: resumeRequest,
      admit,
      run(request) {
        const connected = (state: LoadedCase) => connectedFor(state, actor)
        return resume(log, { caseId, me, request, readers, reading, connected, now: clock.now() })
      },
    })
    connection.handle({
      name: WIRE.older,
      input: olderRequest,
      admit,
      async run({ audience, before }): Promise<OlderAnswer> {
        reading()
        return { events: await log.readBeforeAs({ caseId, person: me, audience }, before, LAST_PAGE) }
      },
    })
    connection.handle({
      name: WIRE.renew,
      input: tokenField,
      admit: () => demand(renewals, me, { seconds: Math.ceil(1 / RENEWALS.perSecond) }),
      async run(token) {
        await connection.renew(token)
        return {}
      },
    })
  }
}
