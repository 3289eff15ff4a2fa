// The log of all cases, with the events and folds of every capability; who reads an audience is judged by the clock.
import { type CaseLog, type CaseLogDeps, makeCaseLog } from '#server/log/case-log.ts'
import { readersBy } from '#shared/rooms/room-state.ts'
import { RULES, SERVER_EVENTS, SERVER_FOLDS } from './catalogue.ts'

type Deps = Omit<CaseLogDeps, 'rules' | 'folds' | 'definitions' | 'readers'> & Partial<Pick<CaseLogDeps, 'rules' | 'folds'>>

export function composeLog({ rules = RULES, folds = SERVER_FOLDS, ...deps }: Deps): { log: CaseLog; readers: CaseLogDeps['readers'] } {
  const readers = readersBy(deps.clock)
  const definitions = new Map(SERVER_EVENTS.map((event) => [event.name as string, event]))
  return { log: makeCaseLog({ ...deps, rules, folds, definitions, readers }), readers }
}
