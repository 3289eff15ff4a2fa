import { afterEach, describe, expect, it } from 'vitest'
import { type SetClock, setClock } from '#server/testing/clock.ts'
import { testDue } from '#server/testing/due.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { testId } from '#server/testing/test-id.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { createSessionStore } from './session-store.ts'
import { createSessions, GRACE, LATE_PER_DAY, type Sessions } from './sessions.ts'

const owner = { kind: 'staff', accountId: testId<AccountId>('account') } as const
const about = { keep: true, device: 'Chrome, Android' }
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function fixture(): { sessions: Sessions; clock: SetClock; pass(ms: number): void; restart(): Sessions } {
  const storage = memoryStorage()
  closing.push(() => storage.close())
  const clock = setClock()
  const make = () =>
    createSessions({
      store: createSessionStore({ records: storage.records, due: testDue(storage, clock), clock }),
      clock,
      entropy: seededEntropy(`sessions ${clock.now()}`),
      tokenKey: new Uint8Array(32).fill(5),
    })
  return { sessions: make(), clock, pass: (ms) => clock.set(clock.now() + ms), restart: make }
}

const isRefused = (asked: Promise<unknown>) => expect(asked).rejects.toMatchObject({ problem: { kind: 'unauthenticated' } })

describe('a session', () => {
  it('[IDE-8] each refresh replaces the secret', async () => {
    const { sessions, pass } = fixture()
    let { id, secret } = await sessions.open(owner, about)
    const seen = new Set([secret])
    for (let turn = 0; turn < 5; turn++) {
      pass(540_000)
      secret = (await sessions.refresh(secret)).secret
      seen.add(secret)
    }
    expect(seen.size).toBe(6)
    expect(await sessions.isLive(id)).toBe(true)
  })

  it('[IDE-8] tabs that renew at once get the same successor', async () => {
    const { sessions } = fixture()
    const { secret } = await sessions.open(owner, about)
    const renewed = await Promise.all([1, 2, 3, 4].map(() => sessions.refresh(secret)))
    expect(new Set(renewed.map((one) => one.secret)).size).toBe(1)
    expect(renewed[0]?.secret).not.toBe(secret)
  })

  it('[IDE-8] an answer that was lost on the way is given again, also after a restart of the server', async () => {
    const { sessions, pass, restart } = fixture()
    const { secret } = await sessions.open(owner, about)
    const lost = await sessions.refresh(secret)
    pass(600_000)
    expect((await restart().refresh(secret)).secret).toBe(lost.secret)
  })

  it('[IDE-9] an older secret that comes again ends the whole session', async () => {
    const { sessions, pass } = fixture()
    const { id, secret } = await sessions.open(owner, about)
    const second = await sessions.refresh(secret)
    pass(GRACE + 1)
    const third = await sessions.refresh(second.secret)
    await isRefused(sessions.refresh(secret))
    expect(await sessions.isLive(id)).toBe(false)
    await isRefused(sessions.refresh(third.secret))
  })

  it('[IDE-9] an older secret ends it even within the grace of the newest', async () => {
    const { sessions } = fixture()
    const { secret } = await sessions.open(owner, about)
    const second = await sessions.refresh(secret)
    const third = await sessions.refresh(second.secret)
    await isRefused(sessions.refresh(secret))
    await isRefused(sessions.refresh(third.secret))
  })

  it('[IDE-9] a thief and an owner who take turns are found within the hour', async () => {
    const { sessions, pass } = fixture()
    const { id, secret } = await sessions.open(owner, about)
    let thief = secret
    let victim = secret
    let turns = 0
    while (await sessions.isLive(id)) {
      expect(++turns).toBeLessThanOrEqual(LATE_PER_DAY + 1)
      thief = (await sessions.refresh(thief)).secret
      pass(300_000)
      await sessions.refresh(victim).then(
        (renewed) => {
          victim = renewed.secret
        },
        () => undefined, // found: the loop ends
      )
      pass(300_000)
    }
    await isRefused(sessions.refresh(thief))
  })

  it('[IDE-9] late answers are forgiven again the next day', async () => {
    const { sessions, pass } = fixture()
    let { secret } = await sessions.open(owner, about)
    for (let loss = 0; loss < 3 * LATE_PER_DAY; loss++) {
      await sessions.refresh(secret)
      pass(8 * 3_600_000)
      secret = (await sessions.refresh(secret)).secret
    }
  })

  it('[IDE-4] forged and broken secrets are refused and end nothing', async () => {
    const { sessions } = fixture()
    const { id, secret } = await sessions.open(owner, about)
    const [, , mac = ''] = secret.split('.')
    const forged = [
      undefined,
      '',
      'x',
      `${id}.0.${'A'.repeat(43)}`,
      `${id}.1.${mac}`,
      `${id}.-1.${mac}`,
      `${id}.00.${mac}`,
      `${secret}=`,
      `${secret}.x`,
    ]
    for (const one of forged) await isRefused(sessions.refresh(one))
    expect(await sessions.isLive(id)).toBe(true)
  })

  it('[IDE-6] ends at its time, and when it is ended', async () => {
    const { sessions, pass } = fixture()
    const short = await sessions.open(owner, { ...about, keep: false })
    const kept = await sessions.open(owner, about)
    pass(13 * 3_600_000)
    expect(await sessions.isLive(short.id)).toBe(false)
    await isRefused(sessions.refresh(short.secret))
    await sessions.end(kept.id)
    await isRefused(sessions.refresh(kept.secret))
    expect(await sessions.isLive(testId('nobody'))).toBe(false)
  })

  it('[IDE-12] all sessions of an account end, except the one that asked', async () => {
    const { sessions } = fixture()
    const [one, two] = [await sessions.open(owner, about), await sessions.open(owner, about)]
    await sessions.endOfAccount(owner.accountId, two.id)
    expect([await sessions.isLive(one.id), await sessions.isLive(two.id)]).toEqual([false, true])
  })
})

describe('a held session', () => {
  it('[IDE-153] is not live, and bound until it ends: what takes it away takes it as it would a live one', async () => {
    const { sessions } = fixture()
    const { id, secret } = await sessions.open(owner, about)
    await sessions.hold(secret, '403917')
    expect([await sessions.isLive(id), await sessions.isBound(id)]).toEqual([false, true])
    await sessions.end(id)
    expect([await sessions.isLive(id), await sessions.isBound(id)]).toEqual([false, false])
    await isRefused(sessions.takeBack(secret, '403917'))
  })

  it('[IDE-9] [IDE-151] a copied secret ends it, with the right code too', async () => {
    const { sessions, pass } = fixture()
    const { id, secret } = await sessions.open(owner, about)
    const second = await sessions.refresh(secret)
    pass(GRACE + 1)
    const third = await sessions.refresh(second.secret)
    await sessions.hold(third.secret, '403917')
    await isRefused(sessions.takeBack(secret, '403917'))
    expect(await sessions.isBound(id)).toBe(false)
  })
})
