// A browser that lets its person wait for microphone or camera, who goes elsewhere meanwhile: what comes late belongs to nothing any more.
import { describe, expect, it } from 'vitest'
import { FakeTrack } from '../testing/fake-media.ts'
import { Face } from './face.ts'
import type { MediaDevicesHere } from './media-devices.ts'
import { Voice } from './voice.ts'

/** Opens when the test says so, in any order. */
function waitingBrowser() {
  const did: string[] = []
  const asked: (() => void)[] = []
  const opening = () =>
    new Promise<MediaStreamTrack>((resolve) => {
      const track = new FakeTrack(`track ${asked.length + 1}`, did)
      asked.push(() => resolve(track.asTrack()))
    })
  const devices = { microphone: opening, camera: opening } as unknown as MediaDevicesHere // what a voice and a face ask of them
  return { did, devices, give: (at: number) => asked[at]?.() }
}

describe('a microphone that comes late', () => {
  it('[CAL-423] is not opened in the next call, which its person entered only to listen', async () => {
    const { did, devices, give } = waitingBrowser()
    const voice = new Voice(devices, () => undefined)
    const asking = voice.speak()
    // out of that call, and into another without a microphone
    voice.close()
    voice.use(undefined, false)
    give(0)
    await asking
    expect([did, voice.track, voice.muted]).toEqual([['track 1 off'], undefined, true])
  })

  it('[CAL-423] is not put in the place of the one that was tested for the next call', async () => {
    const { did, devices, give } = waitingBrowser()
    const voice = new Voice(devices, () => undefined)
    const asking = voice.speak()
    const tested = new FakeTrack('tested', did).asTrack()
    voice.use(tested, false)
    give(0)
    await asking
    expect([did, voice.track]).toEqual([['track 1 off'], tested])
  })

  it('[CAL-423] is stopped where another was asked for after it, whichever comes first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { did, devices, give } = waitingBrowser()
      const voice = new Voice(devices, () => undefined)
      const both = Promise.all([voice.speak('one'), voice.speak('two')])
      for (const at of order) give(at)
      await both
      expect([did, voice.track?.label]).toEqual([['track 1 off'], 'track 2'])
    }
  })
})

describe('a camera that comes late', () => {
  it('[CAL-423] is stopped where the picture was hidden and shown again meanwhile: one camera is open, and none after', async () => {
    const { did, devices, give } = waitingBrowser()
    const face = new Face(devices, () => undefined)
    const first = face.show()
    face.hide()
    const second = face.show()
    give(0)
    give(1)
    await Promise.all([first, second])
    expect([did, face.track?.label]).toEqual([['track 1 off'], 'track 2'])
    face.hide()
    expect(did).toEqual(['track 1 off', 'track 2 off'])
  })
})
