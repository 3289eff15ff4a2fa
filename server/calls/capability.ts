import { serverCapability } from '#server/capability.ts'
import { provideFact } from '#server/log/facts.ts'
import { jointWayFact } from '#shared/calls/calls-facts.ts'
import { closeCallRule, endCallRule, haltCallRule, openCallRule, pauseCallRule, resumeCallRule } from '#shared/calls/decide-call.ts'
import { openJanus } from './janus.ts'
import { startCalls } from './start-calls.ts'

export const calls = serverCapability({
  name: 'calls',
  rules: [openCallRule, pauseCallRule, resumeCallRule, endCallRule, haltCallRule, closeCallRule],
  start(parts) {
    const { calls: config } = parts.config
    const sfu = config.on && config.janus ? openJanus({ ...parts, config: config.janus }) : undefined
    const { ways, lane, subscriber, close } = startCalls({ ...parts, config, sfu })
    return {
      api: undefined,
      facts: [provideFact(jointWayFact, async () => (config.on ? ways.joint : 'off'))],
      lanes: config.on ? [lane] : [],
      subscribers: [subscriber],
      close,
    }
  },
})
