// A person writes and allows on their own line; the mediator shows to all what was allowed.
import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { showStatementsAct } from './preparation-acts.ts'
import { canShowStatements, canWriteStatement } from './preparation-policy.ts'
import { statementFold } from './preparation-state.ts'
import {
  statementAllow,
  statementAllowed,
  statementFrozen,
  statementShown,
  statementsShow,
  statementWrite,
  statementWritten,
} from './statement-protocol.ts'

export const writeStatementRule = personRule({
  command: statementWrite,
  weight: 'words',
  decide(view, { part, text }, { actor }) {
    const audience = directAudience(actor.id)
    const state = view.state(caseFold, 'case')
    const own = view.state(statementFold, audience)
    if (!state || !own) return refuse('not-found')
    if (!canWriteStatement(actor, state.phase)) return refuse('conflict', 'preparation/over')
    if (part === 'all' && own.shownAt !== undefined) return refuse('conflict', 'preparation/shown')
    return own[part].text === text ? decided() : decided(newEvent(statementWritten, audience, { part, text }))
  },
})

export const allowStatementRule = personRule({
  command: statementAllow,
  binds: ({ allowed }) => allowed,
  decide(view, { allowed, written }, { actor }) {
    const audience = directAudience(actor.id)
    const state = view.state(caseFold, 'case')
    const own = view.state(statementFold, audience)
    if (!state || !own) return refuse('not-found')
    if (!canWriteStatement(actor, state.phase)) return refuse('conflict', 'preparation/over')
    if (own.shownAt !== undefined) return refuse('conflict', 'preparation/shown')
    if (own.all.written !== written) return refuse('conflict', 'preparation/changed')
    if (allowed && own.all.text === '') return refuse('conflict', 'preparation/empty')
    return own.isAllowed === allowed ? decided() : decided(newEvent(statementAllowed, audience, { allowed }))
  },
})

export const showStatementsRule = personRule({
  command: statementsShow,
  decide(view, _input, { actor }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, showStatementsAct, 'all')) return refuse('forbidden')
    if (!canShowStatements(actor, state)) return refuse('conflict', state.session ? 'preparation/over' : 'preparation/no-session')
    const shown = state.facts.people.flatMap((person) => {
      if (mediates(person) || person.endedAt !== undefined) return []
      const own = view.state(statementFold, directAudience(person.id))
      if (!own?.isAllowed || own.shownAt !== undefined) return []
      return [
        newEvent(statementShown, 'all', { participantId: person.id, text: own.all.text }),
        newEvent(statementFrozen, directAudience(person.id), {}),
      ]
    })
    return shown.length > 0 ? decided(...shown) : refuse('conflict', 'preparation/nothing-to-show')
  },
})
