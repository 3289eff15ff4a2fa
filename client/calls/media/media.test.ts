// What is decided about sound and picture from what browsers say, as tables.
import { describe, expect, it } from 'vitest'
import { FakeConnection, FakeTrack } from '../testing/fake-media.ts'
import { nextWeakness, qualityOf } from './connection-quality.ts'
import { DataMeter, dataLeft, MEGABYTE } from './data-meter.ts'
import { Face } from './face.ts'
import { type MediaDevicesHere, mediaDevicesHere, mediaFaultOf, PICTURE } from './media-devices.ts'
import { Peer } from './peer.ts'
import { SpeakingMark } from './sound-level.ts'
import { speakersHere } from './speakers.ts'
import { sampleOf } from './stats-sample.ts'
import { withThriftySound } from './thrifty-sound.ts'
import { Voice } from './voice.ts'

const SDP = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=20;stereo=1',
  'a=rtpmap:63 red/48000/2',
  'a=fmtp:63 111/111',
  '',
].join('\r\n')

describe('thrifty sound', () => {
  it('[CAL-83] one voice, 20 kbit/s, silence not sent; whatever is not Opus stays letter for letter', () => {
    const set = withThriftySound(SDP)
    const line = set.split('\r\n').find((each) => each.startsWith('a=fmtp:111')) ?? ''
    for (const setting of ['usedtx=1', 'stereo=0', 'maxaveragebitrate=20000', 'useinbandfec=1'])
      expect(line.split(/[ ;]/)).toContain(setting)
    expect(line).not.toContain('stereo=1')
    expect(set.split('\r\n').filter((each) => !each.startsWith('a=fmtp:111'))).toEqual(
      SDP.split('\r\n').filter((each) => !each.startsWith('a=fmtp:111')),
    )
    expect(withThriftySound(set)).toBe(set)
  })

  it('[CAL-83] one that says nothing of its Opus is told too; one without Opus is left alone', () => {
    expect(withThriftySound('a=rtpmap:96 OPUS/48000/2\n')).toMatch(/a=fmtp:96 .*usedtx=1.*maxaveragebitrate=20000\n$/)
    expect(withThriftySound('m=video 9 x 96\na=rtpmap:96 VP8/90000\n')).toBe('m=video 9 x 96\na=rtpmap:96 VP8/90000\n')
    expect(PICTURE).toEqual({ width: 320, height: 240, frameRate: 15 })
  })
})

describe('a weak connection', () => {
  const good = sampleOf([])
  const lossy = { ...good, loss: 0.2 }
  const slow = { ...good, delay: 1.4 }
  const narrow = { ...good, room: 60_000 }
  const after = (...samples: (typeof good)[]) => qualityOf(samples.reduce((before, sample) => nextWeakness(before, [sample, good]), 0))

  it.each([
    ['nothing is known', [], 'good'],
    ['one bad sample', [lossy, good, good], 'good'],
    ['two bad ones', [lossy, slow], 'good'],
    ['three in a row, whatever of', [lossy, slow, narrow], 'weak'],
    ['bad and good by turns', [lossy, good, lossy, good, lossy, good], 'good'],
    ['it becomes good again', [lossy, lossy, lossy, good], 'good'],
  ] as const)('[CAL-84] %s', (_, samples, quality) => {
    expect(after(...samples)).toBe(quality)
  })
})

describe('what is counted', () => {
  it('[CAL-73] both ways, with the heads of packets; a browser without transport counters counts at its pairs', () => {
    expect(
      sampleOf([
        { type: 'transport', bytesSent: 1_000, bytesReceived: 500, packetsSent: 10, packetsReceived: 5 },
        { type: 'candidate-pair', bytesSent: 1_000 },
      ]).bytes,
    ).toBe(1_500 + 15 * 28)
    expect(sampleOf([{ type: 'candidate-pair', bytesSent: 1_000, bytesReceived: 500 }]).bytes).toBe(1_500)
  })

  it('[CAL-84] loss is that since the last sample, of more than a handful of packets', () => {
    const first = sampleOf([{ type: 'inbound-rtp', packetsReceived: 100, packetsLost: 100 }])
    expect(sampleOf([{ type: 'inbound-rtp', packetsReceived: 200, packetsLost: 100 }], first.counted).loss).toBe(0)
    expect(sampleOf([{ type: 'inbound-rtp', packetsReceived: 175, packetsLost: 125 }], first.counted).loss).toBe(0.25)
    expect(sampleOf([{ type: 'inbound-rtp', packetsReceived: 101, packetsLost: 101 }], first.counted).loss).toBe(0)
    expect(sampleOf([{ type: 'remote-inbound-rtp', fractionLost: 0.3, roundTripTime: 0.7 }])).toMatchObject({ loss: 0.3, delay: 0.7 })
  })

  it('[CAL-73] what a connection had used stays counted when it is gone or made anew', () => {
    const meter = new DataMeter(1_000)
    meter.count('one', 500)
    meter.count('one', 700)
    meter.count('two', 50)
    meter.count('one', 100)
    expect(meter.bytes).toBe(1_000 + 700 + 50 + 100)
  })

  it.each([
    [0, undefined, 'enough'],
    [10_000 * MEGABYTE, undefined, 'enough'],
    [8 * MEGABYTE - 1, 10 * MEGABYTE, 'enough'],
    [8 * MEGABYTE, 10 * MEGABYTE, 'sound-only'],
    [10 * MEGABYTE, 10 * MEGABYTE, 'nothing'],
  ] as const)('[CAL-73] of %d bytes used and %s allowed', (bytes, allowed, left) => {
    expect(dataLeft({ bytes, allowed })).toBe(left)
  })
})

describe('devices', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'taken'],
    ['TypeError', 'failed'],
  ])('[CAL-77] what the browser calls %s', (name, fault) => {
    expect(mediaFaultOf(Object.assign(new Error(), { name }))).toBe(fault)
  })

  it('[CAL-77] a page that did not come by HTTPS has none; one that was unplugged is replaced by whichever there is', async () => {
    expect(await mediaDevicesHere(undefined).microphone()).toBe('insecure')
    const asked: unknown[] = []
    const track = {}
    const media = {
      getUserMedia: async ({ audio }: { audio: { deviceId?: object } }) => {
        asked.push(audio.deviceId)
        if (audio.deviceId) throw Object.assign(new Error(), { name: 'NotFoundError' })
        return { getTracks: () => [track] }
      },
    } as unknown as MediaDevices // what is asked of it
    expect(await mediaDevicesHere(media).microphone('gone')).toBe(track)
    expect(asked).toEqual([{ exact: 'gone' }, undefined])
  })

  /** Devices that open when the test says so, in the order that it says. */
  function slowDevices() {
    const did: string[] = []
    const asked: ((track: MediaStreamTrack) => void)[] = []
    const open = () => new Promise<MediaStreamTrack>((resolve) => void asked.push(resolve))
    const devices: MediaDevicesHere = { microphone: open, camera: open, choices: async () => [], onChange: () => () => undefined }
    return { devices, did, opens: (at: number, label: string) => asked[at]?.(new FakeTrack(label, did).asTrack()) }
  }

  it('[CAL-241] a microphone that was asked for in another call is stopped when it opens at last, and heard in none', async () => {
    const { devices, did, opens } = slowDevices()
    const voice = new Voice(devices, () => undefined)
    const asked = voice.speak()
    voice.close()
    voice.use(undefined, false) // listens only, in the next call
    opens(0, 'microphone')
    await asked
    expect(did).toEqual(['microphone off'])
    expect(voice.track).toBeUndefined()
    expect(voice.muted).toBe(true)
  })

  it('[CAL-241] of two microphones the one that was chosen last is heard, whichever opens first', async () => {
    const { devices, did, opens } = slowDevices()
    const voice = new Voice(devices, () => undefined)
    const asked = [voice.speak('first'), voice.speak('second')]
    opens(1, 'second')
    opens(0, 'first')
    await Promise.all(asked)
    expect(did).toEqual(['first off'])
    expect(voice.track?.label).toBe('second')
  })

  it('[CAL-241] a camera that is shown, hidden and shown again is open once, and closed with the picture', async () => {
    const { devices, did, opens } = slowDevices()
    const face = new Face(devices, () => undefined)
    const asked = [face.show()]
    face.hide()
    asked.push(face.show())
    opens(0, 'camera')
    opens(1, 'camera')
    await Promise.all(asked)
    expect(did).toEqual(['camera off'])
    face.hide()
    expect(did).toEqual(['camera off', 'camera off'])
  })
})

it('[CAL-86] a browser that holds a voice back is told of, until a press lets it through', async () => {
  class Stream {}
  Object.assign(globalThis, { MediaStream: Stream })
  let lets = false
  const play = async () => {
    if (!lets) throw new Error('press first')
  }
  const speakers = speakersHere(
    () => ({ srcObject: null, play, pause: () => undefined }),
    () => undefined,
  )
  speakers.play('one', {} as MediaStreamTrack) // any track
  await Promise.resolve()
  await Promise.resolve()
  expect(speakers.held).toBe(true)
  lets = true
  speakers.release()
  await Promise.resolve()
  await Promise.resolve()
  expect(speakers.held).toBe(false)
  Reflect.deleteProperty(globalThis, 'MediaStream')
})

it('[CAL-87] somebody who falls silent between two words is still shown as speaking, and a moment later is not', () => {
  const mark = new SpeakingMark()
  expect(mark.tell(0, 250)).toBe(false)
  expect(mark.tell(0.3, 250)).toBe(true)
  expect([mark.tell(0, 250), mark.tell(0, 250), mark.tell(0, 250)]).toEqual([true, true, false])
})

it('[CAL-82] a connection that is closed while a track is put in its place ends without a complaint', async () => {
  const connection = new FakeConnection({}, [])
  const peer = new Peer({
    connect: () => connection.asConnection(),
    configuration: {},
    offers: true,
    polite: true,
    flow: 'both',
    tell: () => undefined,
    changed: () => undefined,
  })
  const shown = peer.show({ sound: new FakeTrack('microphone', []).asTrack(), picture: undefined, wantsPicture: true })
  peer.close()
  await expect(shown).resolves.toBeUndefined()
})
