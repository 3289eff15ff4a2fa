import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { recordClose, recordClosed } from './joint-record-protocol.ts'
import { jointRecordFold } from './joint-record-state.ts'
import { closeRecordAct } from './messaging-acts.ts'
import { canCloseRecord } from './messaging-policy.ts'

export const closeRecordRule = personRule({
  command: recordClose,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    const record = view.state(jointRecordFold, 'all')
    if (!state || !record) return refuse('not-found')
    if (!mayAtAll(actor, closeRecordAct, 'all')) return refuse('forbidden')
    if (record.closed) return decided()
    return canCloseRecord(actor, state, record) ? decided(newEvent(recordClosed, 'all', {})) : refuse('conflict', 'messaging/record-open')
  },
})
