import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { rawConnection } from '#server/testing/raw-connection.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/wire.ts'

describe('stopping', () => {
  it('[RTM-16] ends although a browser holds a spare connection on which it has asked for nothing', async () => {
    const world = await platformWorld()
    const spare = connect(Number(new URL(world.url).port), '127.0.0.1')
    await once(spare, 'connect')
    const ended = once(spare, 'close')
    await world.close()
    await ended
    expect(spare.destroyed).toBe(true)
  })

  it('[RTM-16] ends although somebody does not read what was sent to them', async () => {
    const world = await platformWorld()
    const open = await openCase(world, await setUpOwner(world))
    const deaf = await rawConnection(world.url)
    deaf.send(`40${JSON.stringify({ ...open.mediator, protocol: PROTOCOL_VERSION })}`)
    await expect.poll(() => deaf.got.length).toBeGreaterThan(1)
    deaf.stopReading()
    const { io } = world.platform.sockets
    for (let i = 0; i < 14; i++) io.emit('presence', 'ұ'.repeat(250_000)) // more than a connection of the system takes, less than what ends it
    const began = performance.now()
    await world.close()
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
