// The length of what is compressed can give away what is in it: so the socket never compresses, though every browser offers to read it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { rawRequest } from '#server/testing/http-world.ts'
import { type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/wire.ts'

let world: PlatformWorld
let open: OpenCase
beforeAll(async () => {
  world = await platformWorld()
  open = await openCase(world, await setUpOwner(world))
})
afterAll(() => world.close())

it('[HTTP-25] a connection that offers compression gets none, and its frames come as they are', async () => {
  const socket = new WebSocket(`${world.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: true })
  const { token, caseId } = open.people[0]?.session ?? { token: '', caseId: '' }
  socket.on('open', () => socket.send(`40${JSON.stringify({ token, caseId, protocol: PROTOCOL_VERSION })}`))
  const answer = await new Promise<string>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (frame) => {
      const text = String(frame)
      if (text.startsWith('4')) resolve(text)
    })
  })
  expect(answer).toMatch(/^40\{/)
  expect(socket.extensions).toBe('')
  socket.close()
})

it('[HTTP-25] nor does the path of the socket compress what it refuses', async () => {
  const offered = { 'accept-encoding': 'gzip, deflate, br' }
  const { headers } = await rawRequest(world.url, '/socket.io/?EIO=4&transport=polling', { headers: offered })
  expect(headers['content-encoding']).toBeUndefined()
})
