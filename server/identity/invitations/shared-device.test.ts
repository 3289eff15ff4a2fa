// What binds, on a device that several people use: its person's own code first.
import { afterEach, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { type IdentityWorld, identityWorld } from '#server/testing/identity-world.ts'
import { joinEnter, personRefresh, personSignOut } from '#shared/identity/join-protocol.ts'
import { personChooseCode, personHandOver, personShowCode, personTakeBack } from '#shared/identity/phone-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { SHOWN_MS } from '../sessions/shared-devices.ts'

const opened: IdentityWorld[] = []
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close()
})

const CODE = '403917'
const WRONG = '403918'

async function start() {
  const world = await identityWorld()
  opened.push(world)
  const owner = await world.owner()
  const phone = world.browser()
  async function enter(by: Browser = phone) {
    const { id, participantId } = await world.invite()
    const { secret, code } = await world.linkAndCode(owner, id)
    const { token } = answered(await by.call(joinEnter, { secret, code, keep: true }))
    return person(participantId, token, by)
  }
  function person(participantId: ParticipantId, token: string, by: Browser) {
    const input = { participantId, code: CODE }
    return {
      participantId,
      /** What an act that binds is refused for. */
      async bound(with_: string = token): Promise<string | undefined> {
        const caller = await world.identity.authenticate(with_)
        if (!caller) return 'nobody'
        try {
          await world.identity.demandOwnCode(caller.sessionId)
          return undefined
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          return error.problem.reason
        }
      },
      handOver: (code?: string) => by.call(personHandOver, { participantId, ...(code === undefined ? {} : { code }) }),
      takeBack: (code = CODE) => by.call(personTakeBack, { ...input, code }),
      choose: (code = CODE) => by.call(personChooseCode, { ...input, code }),
      show: (code = CODE) => by.call(personShowCode, { ...input, code }),
      refresh: () => by.call(personRefresh, { participantId }),
      leave: () => by.call(personSignOut, { participantId }),
    }
  }
  return { world, phone, enter }
}

describe('whether a device is one that several people use', () => {
  it('[IDE-251] whoever is alone on theirs is asked for nothing', async () => {
    const { world, enter } = await start()
    const alone = await enter()
    expect(await alone.bound()).toBeUndefined()
    const other = await enter(world.browser())
    expect(await other.bound()).toBeUndefined()
  })

  it('[IDE-251] whoever has given theirs away is asked from then on, however the page came back', async () => {
    const { world, enter } = await start()
    const person = await enter()
    answered(await person.handOver(CODE))
    const { token } = answered(await person.takeBack())
    world.clock.set(world.clock.now() + SHOWN_MS + 1)
    expect(await person.bound(token)).toBe('identity/own-code-asked')
  })

  it('[IDE-251] whoever comes in, or was in already, where somebody gave it away is asked to choose theirs first', async () => {
    const { enter } = await start()
    const before = await enter()
    const giver = await enter()
    answered(await giver.handOver(CODE))
    expect(await before.bound()).toBeUndefined()
    const { token } = answered(await before.refresh())
    expect(await before.bound(token)).toBe('identity/own-code-needed')
    const after = await enter()
    expect(await after.bound()).toBe('identity/own-code-needed')
    answered(await after.choose('918273'))
    expect(await after.bound()).toBeUndefined()
  })

  it('[IDE-251] who leaves a device takes the mark off it; who shares it bears it on', async () => {
    const { phone, enter } = await start()
    const [one, two] = [await enter(), await enter()]
    answered(await one.handOver(CODE))
    const { token } = answered(await two.refresh())
    answered(await one.leave())
    expect([...phone.cookies.values()].some(({ name }) => name.includes('shared'))).toBe(false)
    expect(await two.bound(token)).toBe('identity/own-code-needed')
    expect(await (await enter()).bound()).toBeUndefined()
  })
})

describe('the own code of what binds', () => {
  it('[IDE-252] typed right it speaks for five minutes, as the one by which the phone was taken back does', async () => {
    const { world, enter } = await start()
    const person = await enter()
    answered(await person.handOver(CODE))
    const { token } = answered(await person.takeBack())
    expect(await person.bound(token)).toBeUndefined()
    world.clock.set(world.clock.now() + SHOWN_MS + 1)
    expect(await person.bound(token)).toBe('identity/own-code-asked')
    answered(await person.show())
    const renewed = answered(await person.refresh()).token
    world.clock.set(world.clock.now() + SHOWN_MS)
    expect(await person.bound(renewed)).toBeUndefined()
    world.clock.set(world.clock.now() + 1)
    expect(await person.bound(renewed)).toBe('identity/own-code-asked')
  })

  it('[IDE-252] a wrong one ends what a right one spoke for, and takes one of the five tries that it shares with taking back', async () => {
    const { enter } = await start()
    const person = await enter()
    answered(await person.handOver(CODE))
    await person.takeBack(WRONG)
    const { token } = answered(await person.takeBack())
    const left = []
    for (let turn = 0; turn < 4; turn++) {
      const called = await person.show(WRONG)
      left.push(called.ok ? 'right' : called.problem.details?.left)
      expect(await person.bound(token)).toBe('identity/own-code-asked')
    }
    expect(left).toEqual([4, 3, 2, 1])
    expect(refused(await person.show(WRONG))).toBe('identity/own-code-locked')
    expect(refused(await person.show())).toBe('identity/own-code-locked')
    expect(await person.bound(token)).toBe('identity/own-code-locked')
    answered(await person.handOver())
    expect(refused(await person.takeBack())).toBe('identity/own-code-locked')
  })

  it('[IDE-252] giving the phone away ends it at once, and while it is given away none is taken', async () => {
    const { enter } = await start()
    const person = await enter()
    answered(await person.handOver(CODE))
    const { token } = answered(await person.takeBack())
    answered(await person.handOver())
    expect(await person.bound(token)).toBe('nobody')
    expect(refused(await person.show())).toBe('identity/session-held')
    expect(refused(await person.choose())).toBe('identity/session-held')
  })

  it('[IDE-252] nobody chooses another where one stands, and none that everybody would try', async () => {
    const { enter } = await start()
    const [giver, person] = [await enter(), await enter()]
    answered(await giver.handOver(CODE))
    answered(await person.refresh())
    expect(refused(await person.show())).toBe('identity/own-code-needed')
    expect(refused(await person.choose('123456'))).toBe('identity/own-code-easy')
    answered(await person.choose(CODE))
    expect(refused(await person.choose('918273'))).toBe('identity/own-code-asked')
    expect(refused(await person.show('918273'))).toBe('identity/wrong-code')
    answered(await person.show(CODE))
  })

  it('[IDE-252] of many tries at once five count; nothing that rests or is logged tells the code', async () => {
    const { world, enter } = await start()
    const person = await enter()
    answered(await person.handOver(CODE))
    answered(await person.takeBack())
    const reasons = await Promise.all(Array.from({ length: 12 }, async () => refused(await person.show(WRONG))))
    expect(reasons.filter((reason) => reason === 'identity/wrong-code')).toHaveLength(4)
    const told = `${JSON.stringify(await world.storage.records.all('sessions'))}${world.logLines.join('\n')}`
    expect(told).not.toContain(CODE)
    expect(told).not.toContain(WRONG)
  })

  it('[IDE-252] nobody shows or chooses one without the cookie of this person on this device', async () => {
    const { world, enter } = await start()
    const person = await enter()
    const stranger = world.browser()
    const input = { participantId: person.participantId, code: CODE }
    expect(refused(await stranger.call(personChooseCode, input))).toBe('identity/session-ended')
    expect(refused(await stranger.call(personShowCode, input))).toBe('identity/session-ended')
  })
})
