import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { iceSettings, wayOf } from './ice-settings.ts'

const turn = { urls: ['turn:turn.example.kz:3478'], secret: 'a-secret-of-the-relay' }
const SIDE: Audience = `side:${'a'.repeat(22)}` as Audience // an id of the right shape
const relays = { on: true, joint: 'relay', apart: 'relay', turn, janus: undefined } as const

describe('what a device gets to reach the others', () => {
  it('[CAL-15] a random name with its end, and its HMAC-SHA1 by the relay’s secret, as another program computes it', () => {
    const clock = setClock()
    const entropy = seededEntropy('relay')
    const { policy, servers, until } = iceSettings({ config: relays, clock, entropy }, 'all', 'mesh')
    expect(policy).toBe('relay')
    expect(until).toBe(clock.now() + 20 * 60_000)
    const [server] = servers
    expect(servers).toHaveLength(1)
    expect(server?.urls).toEqual(turn.urls)
    expect(server?.username).toMatch(/^\d{10}:[A-Za-z0-9_-]{16}$/)
    expect(Number(server?.username?.split(':')[0])).toBe(Math.ceil(until / 1000))
    const openssl = spawnSync('openssl', ['dgst', '-sha1', '-hmac', turn.secret, '-binary'], { input: server?.username ?? '' })
    expect(openssl.status).toBe(0)
    expect(server?.credential).toBe(openssl.stdout.toString('base64'))
    const next = iceSettings({ config: relays, clock, entropy }, 'all', 'mesh').servers[0]
    expect(next?.username?.split(':')[1]).not.toBe(server?.username?.split(':')[1])
  })

  it.each([
    ['a relay', {}, 'relay', 'relay'],
    ['no relay', { turn: undefined }, 'none', 'none'],
    ['no relay, direct in the joint call', { turn: undefined, joint: 'direct' }, 'direct', 'none'],
    ['no relay, direct in talks apart', { turn: undefined, apart: 'direct' }, 'none', 'direct'],
    ['a relay, direct in talks apart', { apart: 'direct' }, 'relay', 'direct'],
  ] as const)('[CAL-16] with %s', (_name, more, joint, apart) => {
    const config = { ...relays, ...more }
    expect(wayOf(config, 'all')).toBe(joint)
    expect(wayOf(config, SIDE)).toBe(apart)
    expect(wayOf(config, SIDE.replace('side', 'direct') as Audience)).toBe(apart)
    const deps = { config, clock: setClock(), entropy: seededEntropy('relay') }
    expect(iceSettings(deps, 'all', 'mesh').policy).toBe(joint === 'direct' ? 'all' : 'relay')
    expect(iceSettings(deps, 'all', 'mesh').servers).toHaveLength(config.turn ? 1 : 0)
  })
})
