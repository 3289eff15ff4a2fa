// "In my words, right?": what somebody said by telephone, written down by the mediator, is theirs once they say so, and not before.
import { mayAtAll } from '#shared/cases/may.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { canRedact } from '#shared/messaging/messaging-policy.ts'
import { answerWordingAct, askWordingAct } from './crossing-acts.ts'
import { canAnswerWording, canAskWording } from './crossing-policy.ts'
import { wordingAnswer, wordingAnswered, wordingAsk, wordingAsked, wordingRedact } from './crossing-protocol.ts'
import { lookInto } from './look.ts'

export const askWordingRule = personRule({
  command: wordingAsk,
  weight: 'words',
  decide(view, { audience, wordingId, of, text }, { actor }) {
    const here = lookInto(view, audience)
    if (!here) return refuse('not-found')
    if (!mayAtAll(actor, askWordingAct, audience)) return refuse('forbidden')
    if (here.crossing.wordings[wordingId]) return refuse('conflict')
    if (!canAskWording(actor, here, of)) return refuse('conflict', 'crossing/closed')
    return decided(newEvent(wordingAsked, audience, { wordingId, of, text }))
  },
})

export const answerWordingRule = personRule({
  command: wordingAnswer,
  binds: ({ isRight }) => isRight,
  decide(view, { audience, wordingId, seq, isRight }, { actor }) {
    const here = lookInto(view, audience)
    const wording = here?.crossing.wordings[wordingId]
    if (!here || wording?.seq !== seq) return refuse('not-found')
    if (wording.of !== actor.id || !mayAtAll(actor, answerWordingAct, audience)) return refuse('forbidden')
    if (wording.isRight !== undefined) return refuse('conflict', 'crossing/answered')
    if (!canAnswerWording(actor, here, wording)) return refuse('conflict', 'crossing/closed')
    return decided(newEvent(wordingAnswered, audience, { wordingId, isRight }))
  },
})

export const redactWordingRule = personRule({
  command: wordingRedact,
  weight: 'none',
  decide(view, { audience, wordingId }, { actor }) {
    const here = lookInto(view, audience)
    const wording = here?.crossing.wordings[wordingId]
    if (!here || !wording) return refuse('not-found')
    // as its author's, and as that of whose words they are said to be
    const mayRedact = [wording.by, wording.of].some((author) => canRedact(actor, { ...here, author }))
    return mayRedact ? decided(newEvent(bodyRedacted, audience, { epoch: wording.epoch, seq: wording.seq })) : refuse('forbidden')
  },
})
