// What the environment says about voice and video: whether there are calls, which way their sound goes, and the relay.
import type { Env } from './env.ts'

export interface CallsConfig {
  readonly on: boolean
  /** `relay`: nobody's device learns another's address; `direct`: it may. */
  readonly joint: 'relay' | 'direct'
  /** Of talks apart. */
  readonly apart: 'relay' | 'direct'
  readonly turn: TurnConfig | undefined
  /** The SFU, for joint calls of more than four devices. */
  readonly janus: JanusConfig | undefined
}

export interface TurnConfig {
  readonly urls: readonly string[]
  /** Shared with the relay; signs what devices show to it. */
  readonly secret: string
}

export interface JanusConfig {
  /** Of its WebSocket, which nobody but the server reaches. */
  readonly url: string
  /** Its `api_secret`. */
  readonly secret: string
}

const TURN_URL = /^turns?:(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i
const MIN_SECRET_CHARS = 16

/** `alone`: whoever is in a call sits at this very machine, and there is no address to hide. */
export function readCalls(env: Env, { alone }: { alone: boolean }, faults: string[]): CallsConfig {
  return {
    on: readSwitch(env.CALLS, faults),
    joint: readWay('CALLS_JOINT', env.CALLS_JOINT, alone, faults),
    apart: readWay('CALLS_APART', env.CALLS_APART, alone, faults),
    turn: readTurn(env, faults),
    janus: readJanus(env, faults),
  }
}

function readSwitch(text: string | undefined, faults: string[]): boolean {
  if (text === undefined || text === '1' || text === 'true') return true
  if (text === '0' || text === 'false') return false
  faults.push('CALLS must be 1 or 0 (0: this installation has no voice and video)')
  return false
}

function readWay(name: string, text: string | undefined, alone: boolean, faults: string[]): 'relay' | 'direct' {
  if (text === undefined) return alone ? 'direct' : 'relay'
  if (text === 'relay' || text === 'direct') return text
  faults.push(`${name} must be relay (nobody's device learns another's address) or direct`)
  return 'relay'
}

function readTurn({ TURN_URLS, TURN_SECRET }: Env, faults: string[]): TurnConfig | undefined {
  if (TURN_URLS === undefined && TURN_SECRET === undefined) return undefined
  const urls = (TURN_URLS ?? '').split(',').map((url) => url.trim())
  if (TURN_URLS === undefined)
    faults.push('TURN_SECRET is set without TURN_URLS: set TURN_URLS=turn:turn.example.kz:3478, or remove TURN_SECRET')
  else if (!urls.every((url) => TURN_URL.test(url)))
    faults.push('TURN_URLS must be like turn:turn.example.kz:3478,turns:turn.example.kz:5349?transport=tcp')
  if (TURN_SECRET === undefined) faults.push('TURN_URLS is set without TURN_SECRET: set it to the static-auth-secret of the relay')
  else if (TURN_SECRET.length < MIN_SECRET_CHARS)
    faults.push(`TURN_SECRET must have at least ${MIN_SECRET_CHARS} characters; make one by \`openssl rand -hex 32\``)
  return { urls, secret: TURN_SECRET ?? '' }
}

function readJanus({ JANUS_URL: url, JANUS_SECRET: secret }: Env, faults: string[]): JanusConfig | undefined {
  if (url === undefined && secret === undefined) return undefined
  if (url === undefined) faults.push('JANUS_SECRET is set without JANUS_URL: set JANUS_URL=ws://127.0.0.1:8188, or remove JANUS_SECRET')
  else if (!/^wss?:\/\/[^/@\s]+\/?$/.test(url)) faults.push('JANUS_URL must be like ws://127.0.0.1:8188')
  if (secret === undefined) faults.push('JANUS_URL is set without JANUS_SECRET: set it to the api_secret of Janus')
  else if (secret.length < MIN_SECRET_CHARS)
    faults.push(`JANUS_SECRET must have at least ${MIN_SECRET_CHARS} characters; make one by \`openssl rand -hex 32\``)
  return { url: url ?? '', secret: secret ?? '' }
}
