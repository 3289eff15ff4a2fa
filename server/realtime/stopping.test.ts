import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { platformWorld } from '#server/testing/platform-world.ts'

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
})
