// Whether each mediator of a case has a connection here. What no connection was there for is no time with anybody: with the last one the
// mediator's place ends, and what a killed server has not seen the end of is ended when they come back.
import type { CaseLog } from '#server/log/case-log.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import { mediatorGo } from '#shared/caucus/minutes/minutes-protocol.ts'
import { minutesFold } from '#shared/caucus/minutes/minutes-state.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import type { CaseId, CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { stateIn } from '#shared/log/fold.ts'

interface Deps {
  readonly log: Pick<CaseLog, 'loaded' | 'step'>
  readonly newStep: () => CommandId
  readonly onTrouble: (cause: unknown) => void
}

interface MediatorConnections {
  readonly lane: Lane
  /** Ends the place of whoever is connected. */
  close(): Promise<void>
}

export function makeMediatorConnections({ log, newStep, onTrouble }: Deps): MediatorConnections {
  const here = new Map<ParticipantId, { readonly caseId: CaseId; count: number }>()
  const underWay = new Set<Promise<void>>()
  let closed = false

  function end(caseId: CaseId, participantId: ParticipantId, untold?: true): void {
    const known = stateIn(log.loaded(caseId).audiences, minutesFold, selfAudience(participantId))
    if (known?.place === undefined) return
    const step = log
      .step(caseId, mediatorGo, { participantId, ...(untold ? { untold } : {}) }, newStep())
      .then(() => undefined, onTrouble)
      .finally(() => underWay.delete(step))
    underWay.add(step)
  }

  return {
    lane({ actor: { caseId, id, role }, socket }) {
      if (closed || !mediates({ role })) return
      const known = here.get(id)
      if (known) known.count++
      else {
        here.set(id, { caseId, count: 1 })
        end(caseId, id, true)
      }
      socket.on('disconnect', () => {
        const left = here.get(id)
        if (closed || !left || --left.count > 0) return
        here.delete(id)
        end(caseId, id)
      })
    },
    async close() {
      closed = true
      for (const [id, { caseId }] of here) end(caseId, id)
      await Promise.all(underWay)
    },
  }
}
