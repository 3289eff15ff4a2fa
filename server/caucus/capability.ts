import { serverCapability } from '#server/capability.ts'
import { answerCallRule, callMediatorRule, endCaucusRule, enterCaucusRule, inviteToCaucusRule } from '#shared/caucus/decide-caucus.ts'
import { goRule, moveRule } from '#shared/caucus/minutes/decide-move.ts'
import { makeMediatorConnections } from './minutes/mediator-connections.ts'

export const caucus = serverCapability({
  name: 'caucus',
  rules: [inviteToCaucusRule, enterCaucusRule, endCaucusRule, callMediatorRule, answerCallRule, moveRule, goRule],
  start({ log, newStep, onTrouble }) {
    const { lane, close } = makeMediatorConnections({ log, newStep, onTrouble })
    return { api: undefined, lanes: [lane], close }
  },
})
