// The calls of an installation, put together.
import type { Parts } from '#server/capability.ts'
import type { CallsConfig } from '#server/config/calls-config.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import type { CallLook } from '#shared/calls/call-wire.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type MediaId } from '#shared/kernel/ids.ts'
import { callAccess } from './call-access.ts'
import { makeCallLimits } from './call-limits.ts'
import { callSocketLane } from './call-socket.ts'
import { followCase } from './follow-case.ts'
import { iceSettings, wayOf, wayOfKind } from './ice-settings.ts'
import { makeLiveCalls } from './live-calls.ts'
import type { Sfu } from './sfu.ts'

interface Deps extends Pick<Parts, 'log' | 'clock' | 'timers' | 'entropy' | 'newStep' | 'onTrouble'> {
  readonly config: CallsConfig
  readonly sfu: Sfu | undefined
}

interface StartedCalls {
  readonly ways: Pick<CallLook, 'joint' | 'apart'>
  readonly lane: Lane
  readonly subscriber: Subscriber
  close(): void
}

export function startCalls(deps: Deps): StartedCalls {
  const { config, clock, timers, entropy, sfu, onTrouble } = deps
  const between = { joint: wayOfKind(config.joint, config.turn), apart: wayOfKind(config.apart, config.turn) }
  // Through the SFU, too, nobody's device learns another's address.
  const ways = { ...between, joint: between.joint === 'none' && sfu ? 'relay' : between.joint } as const
  const calls = makeLiveCalls((caseId: CaseId) => ({
    access: callAccess(deps, caseId),
    timers,
    wayOf: (audience) => wayOf(config, audience),
    iceFor: (audience, form) => iceSettings(deps, audience, form),
    sfu,
    onTrouble,
    newId: (audience) => asId<MediaId>(base64url(entropy.bytes(16, `call ${caseId} ${audience}`))),
    unheld: () => following.halt(caseId),
  }))
  const following = followCase({ ...deps, calls })
  const lane = callSocketLane({ calls, limits: makeCallLimits(clock), ways })
  return {
    ways,
    lane,
    subscriber: following.subscriber,
    close() {
      following.close()
      sfu?.close()
    },
  }
}
