import { describe, expect, it } from 'vitest'
import type { HandshakeAuth } from '#shared/protocol/wire.ts'
import { createConnection } from './connection.ts'
import { TEST_CASE } from './testing/history.ts'
import { countingEntropy, createTestClock } from './testing/test-clock.ts'
import type { FreshToken } from './token-renewal.ts'
import type { OpenTransport, TransportHandlers } from './transport.ts'

function setUp(
  token: (options: { renew: boolean }) => Promise<FreshToken | 'ended'> = async () => ({ token: 't', expiresAt: 1_790_000_600_000 }),
  isReachable?: () => Promise<boolean>,
) {
  const transports: { auth: HandshakeAuth; handlers: TransportHandlers; closed: boolean; fail: () => void }[] = []
  const asked: boolean[] = []
  const openTransport: OpenTransport = (auth, handlers) => {
    const transport = { auth, handlers, closed: false, fail: () => {} }
    transports.push(transport)
    return {
      tell: () => undefined,
      ask: () =>
        new Promise((_, reject) => {
          transport.fail = () => reject(new Error('disconnected'))
        }),
      close: () => {
        transport.closed = true
        transport.fail()
      },
    }
  }
  const clock = createTestClock()
  const connection = createConnection({
    caseId: TEST_CASE,
    openTransport,
    clock,
    timers: clock,
    entropy: countingEntropy(),
    isReachable,
    freshToken: (options) => {
      asked.push(options.renew)
      return token(options)
    },
  })
  const last = () => {
    const transport = transports.at(-1)
    if (!transport) throw new Error('no transport yet')
    return transport.handlers
  }
  return { connection, transports, asked, clock, last }
}

describe('the connection', () => {
  it('[LIV-6] a lost connection is opened again by itself, patiently', async () => {
    const { connection, transports, clock, last } = setUp()
    await clock.wind(0)
    last().opened()
    expect(connection.state()).toEqual({ kind: 'live' })
    last().lost()
    expect(connection.state().kind).toBe('offline')
    for (let tries = 0; tries < 6; tries++) {
      await clock.wind(20_000)
      last().refused(undefined)
    }
    const before = transports.length
    await clock.wind(5_000)
    expect(transports.length - before).toBeLessThanOrEqual(1)
    await clock.wind(20_000)
    last().opened()
    expect(connection.state()).toEqual({ kind: 'live' })
  })

  it('[LIV-20] a device that says it has no connection is offline at once, and comes back by itself', async () => {
    const { connection, transports, clock, last } = setUp()
    await clock.wind(0)
    last().opened()
    connection.deviceOffline()
    expect(connection.state().kind).toBe('offline')
    expect(transports[0]?.closed).toBe(true)
    await clock.wind(20_000)
    last().opened()
    expect(connection.state()).toEqual({ kind: 'live' })
  })

  it.each([
    ['signed-out', { kind: 'closed', reason: 'signed-out' }],
    ['left', { kind: 'closed', reason: 'left' }],
    ['outdated-client', { kind: 'outdated' }],
  ])('[LIV-7] after "%s" nobody knocks again', async (reason, expected) => {
    const { connection, transports, clock, last } = setUp()
    await clock.wind(0)
    last().opened()
    last().message('closed', [reason])
    last().lost()
    expect(connection.state()).toEqual(expected)
    connection.nudge()
    connection.restart()
    await clock.wind(600_000)
    expect(transports).toHaveLength(1)
  })

  it('[LIV-7] what its device has put away is not opened again over an answer that did not come', async () => {
    const { connection, transports, clock, last } = setUp()
    await clock.wind(0)
    last().opened()
    const answer = connection.ask('resume').catch(() => connection.restart())
    connection.close()
    await answer
    connection.deviceOffline()
    await clock.wind(600_000)
    expect(transports.map(({ closed }) => closed)).toEqual([true])
  })

  it.each([
    [{ kind: 'not-found' }, { kind: 'closed', reason: 'left' }],
    [{ kind: 'unsupported' }, { kind: 'outdated' }],
  ])('[LIV-7] a handshake refused with %j is final', async (problem, expected) => {
    const { connection, clock, last } = setUp()
    await clock.wind(0)
    last().refused(problem)
    expect(connection.state()).toEqual(expected)
  })

  it('[LIV-8] a refused token is renewed once; refused again, the session is over', async () => {
    const { connection, asked, clock, last } = setUp()
    await clock.wind(0)
    last().refused({ kind: 'unauthenticated' })
    await clock.wind(10)
    expect(asked).toEqual([false, true])
    last().refused({ kind: 'unauthenticated' })
    expect(connection.state()).toEqual({ kind: 'closed', reason: 'session-expired' })
  })

  it('[LIV-8] a session that ran out under an open connection is renewed and goes on', async () => {
    const { connection, asked, clock, last } = setUp()
    await clock.wind(0)
    last().opened()
    last().message('closed', ['session-expired'])
    last().lost()
    await clock.wind(10)
    last().opened()
    expect(connection.state()).toEqual({ kind: 'live' })
    expect(asked).toEqual([false, true])
  })

  it('[LIV-8] a token is renewed before it runs out', async () => {
    const { asked, clock, last } = setUp()
    await clock.wind(0)
    last().opened()
    await clock.wind(545_000)
    expect(asked).toEqual([false, false])
  })

  it('[LIV-8] no way to a token is the same as no connection; a session that has ended is final', async () => {
    let answer: () => Promise<FreshToken | 'ended'> = () => Promise.reject(new Error('no connection'))
    const { connection, clock } = setUp(() => answer())
    await clock.wind(0)
    expect(connection.state().kind).toBe('offline')
    answer = async () => 'ended'
    await clock.wind(20_000)
    expect(connection.state()).toEqual({ kind: 'closed', reason: 'session-expired' })
  })

  it('[LIV-85] WebSockets count as blocked where handshake after handshake fails while the server answers otherwise, and no longer', async () => {
    let reachable: () => Promise<boolean> = async () => true
    const { connection, clock, last } = setUp(undefined, () => reachable())
    const fail = async () => {
      await clock.wind(20_000)
      last().refused(undefined)
      await clock.wind(0)
      return connection.state()
    }
    expect(await fail()).toMatchObject({ kind: 'offline', blocked: false })
    expect(await fail()).toMatchObject({ kind: 'offline', blocked: true })
    reachable = () => Promise.reject(new Error('no connection at all'))
    expect(await fail()).toMatchObject({ kind: 'offline', blocked: false })
    reachable = async () => true
    expect(await fail()).toMatchObject({ kind: 'offline', blocked: true })
    await clock.wind(20_000)
    last().refused({ kind: 'too-many', details: { seconds: 1 } }) // the server itself has spoken
    expect(connection.state()).toMatchObject({ kind: 'offline', blocked: false })
    await clock.wind(20_000)
    last().opened()
    expect(connection.state()).toEqual({ kind: 'live' })
    last().lost()
    await clock.wind(0)
    expect(connection.state()).toMatchObject({ kind: 'offline', blocked: false })
  })

  it('[RTM-18] told to wait, the device waits as long as it was told, whatever it wishes, and says so', async () => {
    const { connection, transports, clock, last } = setUp()
    await clock.wind(0)
    last().refused({ kind: 'too-many', reason: 'realtime/too-many-joins', details: { seconds: 20 } })
    expect(connection.state()).toMatchObject({ kind: 'offline', toldToWait: true })
    connection.nudge()
    await clock.wind(19_900)
    expect(transports).toHaveLength(1)
    await clock.wind(1_000)
    expect(transports).toHaveLength(2)
    last().refused(undefined)
    expect(connection.state()).toMatchObject({ kind: 'offline', toldToWait: false })
    connection.nudge()
    await clock.wind(0)
    last().opened()
    expect(connection.state()).toEqual({ kind: 'live' })
  })
})
