import { mayAtAll } from '#shared/cases/may.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { draftHeadFact } from './draft-facts.ts'
import { draftSituation } from './draft-view.ts'
import { sayReadyAct, withdrawReadyAct } from './drafting-acts.ts'
import { canGiveReady, canWithdrawReady } from './drafting-policy.ts'
import { readyGive, readyGiven, readyWithdraw, readyWithdrawn } from './drafting-protocol.ts'
import { readyFold } from './drafting-state.ts'

/** "Ready" is said of one exact text; if somebody wrote in the meantime, it is not said. */
export const giveReadyRule = personRule({
  command: readyGive,
  binds: true,
  facts: { head: draftHeadFact },
  decide(view, { revision, generation }, { actor, facts: { head } }) {
    const situation = draftSituation(view, actor)
    if (!situation.inAll) return refuse('not-found')
    if (!canGiveReady(actor, situation)) {
      if (!mayAtAll(actor, sayReadyAct, 'all')) return refuse('forbidden')
      return refuse('conflict', situation.draft === 'open' ? 'drafting/no-session' : 'drafting/closed')
    }
    if (generation !== head.generation || revision !== head.revision) return refuse('conflict', 'drafting/text-moved-on')
    const own = directAudience(actor.id)
    if (view.state(readyFold, own)?.ready?.revision === revision) return decided()
    return decided(newEvent(readyGiven, own, { revision }))
  },
})

export const withdrawReadyRule = personRule({
  command: readyWithdraw,
  decide(view, _input, { actor }) {
    const situation = draftSituation(view, actor)
    if (!situation.inAll) return refuse('not-found')
    if (!mayAtAll(actor, withdrawReadyAct, 'all')) return refuse('forbidden')
    if (!canWithdrawReady(actor, situation)) return refuse('conflict', 'drafting/closed')
    const own = directAudience(actor.id)
    return view.state(readyFold, own)?.ready ? decided(newEvent(readyWithdrawn, own, {})) : decided()
  },
})
