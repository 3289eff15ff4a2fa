// How a device reaches the others of its call: the relay with a name and a password that are good for a while, made without asking it
// (TURN REST API, as coturn's `use-auth-secret` reads them). The name is random: the relay's log tells of no person and no case.
import { createHmac } from 'node:crypto'
import type { CallsConfig } from '#server/config/calls-config.ts'
import type { CallForm, CallWay, IceSettings } from '#shared/calls/call-wire.ts'
import { isTalkApart } from '#shared/calls/calls-policy.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'

/** Long enough for a relay's connection to be made or mended; a running one outlives it. */
export const CREDENTIAL_MS = 20 * 60_000

export interface IceDeps {
  readonly config: CallsConfig
  readonly clock: Clock
  readonly entropy: Entropy
}

/** How sound travels in the calls of an audience. */
export function wayOf({ joint, apart, turn }: CallsConfig, audience: Audience): CallWay {
  return wayOfKind(isTalkApart(audience) ? apart : joint, turn)
}

export function wayOfKind(wanted: 'relay' | 'direct', turn: CallsConfig['turn']): CallWay {
  return wanted === 'direct' || turn !== undefined ? wanted : 'none'
}

/** For one device that is in a call of this audience, at this moment. */
export function iceSettings({ config, clock, entropy }: IceDeps, audience: Audience, form: CallForm): IceSettings {
  const until = clock.now() + CREDENTIAL_MS
  // The SFU belongs to the installation, which knows everybody's address anyway; it passes none on.
  const policy = form === 'sfu' || wayOf(config, audience) === 'direct' ? 'all' : 'relay'
  if (!config.turn) return { policy, servers: [], until }
  const { urls, secret } = config.turn
  const username = `${Math.ceil(until / 1000)}:${base64url(entropy.bytes(12, `relay of ${audience}`))}`
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return { policy, servers: [{ urls, username, credential }], until }
}
