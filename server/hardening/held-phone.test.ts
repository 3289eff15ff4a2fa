// A phone that was given away, in the hands of somebody who tries everything that it could do before: every route, every socket.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callDevice } from '#server/calls/testing/call-device.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { accepted, device, type Room, startSession } from '#server/testing/live-room.ts'
import { type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { fitting } from '#server/testing/schema-arbitrary.ts'
import { say } from '#server/testing/socket-world.ts'
import { callOpen } from '#shared/calls/calls-protocol.ts'
import { personRefresh } from '#shared/identity/join-protocol.ts'
import { personHandOver, personTakeBack } from '#shared/identity/phone-protocol.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { requestOf } from '#shared/protocol/route.ts'

const CODE = '403917'
let world: PlatformWorld
let open: OpenCase
let room: Room
beforeAll(async () => {
  world = await platformWorld()
  open = await openCase(world, await setUpOwner(world))
  room = await startSession(world, open)
}, 60_000)
afterAll(() => world.close())

it('[IDE-150] a held phone can ask nothing: its connections close, its call ends, every route and a new connection are refused as with no token at all', async () => {
  const [{ browser, session }] = open.people
  const { participantId, token, caseId } = session
  const [first, mediator] = [callDevice(room.people[0].socket), callDevice(room.mediator.socket)]
  accepted(await say(room.mediator.socket, callOpen, {}))
  for (const each of [mediator, first]) await each.join('all')
  answered(await browser.call(personHandOver, { participantId, code: CODE }))
  await expect.poll(() => first.socket.connected).toBe(false)
  await expect.poll(() => mediator.members('all')?.map((member) => member.participantId)).toEqual([room.mediator.me])

  const held = world.browser()
  held.token = token
  const words = [caseId, participantId, room.sides[0], 'all', 'self', room.mediator.me]
  const asked: string[] = []
  for (const route of await allRoutes()) {
    if (route.auth === 'none') continue
    for (const input of fc.sample(fitting(route.input, words), { numRuns: 2, seed: 7 }) as object[]) {
      const { url, body } = requestOf(route, input)
      const { status } = await held.send(route.method, url, body)
      if (status !== 401) asked.push(`${route.method} ${route.path} ${status}`)
    }
  }
  expect(asked).toEqual([])
  await expect(device(world, { token, caseId })).rejects.toThrow()
  expect(refused(await browser.call(personRefresh, { participantId }))).toBe('identity/session-held')

  const back = answered(await browser.call(personTakeBack, { participantId, code: CODE }))
  const again = await device(world, back)
  expect(
    await say(
      again.socket,
      messagePost,
      { audience: 'all', id: 'x'.repeat(22) as never, text: 'мен келдім' },
      { id: 'x'.repeat(22), seen: again.seen('all') },
    ),
  ).toMatchObject({ ok: true })
}, 60_000)
