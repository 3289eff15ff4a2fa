// The log of all cases, with the events and folds of every capability; who reads an audience is judged by the clock.
import { type CaseLog, type CaseLogDeps, makeCaseLog } from '#server/log/case-log.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { readersBy, roomFold, wordsAfter } from '#shared/rooms/room-state.ts'
import { RULES, SERVER_EVENTS, SERVER_FOLDS } from './catalogue.ts'

type Deps = Omit<CaseLogDeps, 'rules' | 'folds' | 'definitions' | 'readers' | 'wordsAfter'> & Partial<Pick<CaseLogDeps, 'rules' | 'folds'>>

export function composeLog({ rules = RULES, folds = SERVER_FOLDS, ...deps }: Deps): { log: CaseLog; readers: CaseLogDeps['readers'] } {
  const readers = readersBy(deps.clock)
  const definitions = new Map(SERVER_EVENTS.map((event) => [event.name as string, event]))
  const opened = {
    rules,
    folds,
    definitions,
    readers,
    wordsAfter: (state, person) => wordsAfter(sliceOf(state, roomFold), person),
  } satisfies Partial<CaseLogDeps>
  return { log: makeCaseLog({ ...deps, ...opened }), readers }
}
