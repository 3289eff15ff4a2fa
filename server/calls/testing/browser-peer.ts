// A browser's end of a call, for tests with real browsers: it sends a made-up tone and counts what it hears.
import type { Page } from '@playwright/test'
import type { IceSettings, SignalData } from '#shared/calls/call-wire.ts'
import { CALL_WIRE, type CallSignal } from '#shared/calls/call-wire.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { CallDevice } from './call-device.ts'

export const CALL_CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ],
}

export interface BrowserPeer {
  begin(ice: IceSettings): Promise<void>
  /** From here on it says what it has to say to `to` by this device, and hears what that one says. */
  speaksBy(device: CallDevice, to: MediaId): void
  offer(): Promise<void>
  state(): Promise<string>
  /** Bytes of sound that have come in. */
  heard(): Promise<number>
  /** What kind of addresses the chosen pair has. */
  pair(): Promise<{ local: string; remote: string } | undefined>
  /** All that it finds, once it has finished looking. */
  candidates(): Promise<readonly string[]>
}

/** What the page keeps between two questions. */
interface Kept {
  peer: RTCPeerConnection
  say: (data: SignalData) => void
}
type InPage = typeof globalThis & { kept: Kept; sayOutside: (data: SignalData) => Promise<void> }

export async function browserPeer(page: Page): Promise<BrowserPeer> {
  let say: (data: SignalData) => void = () => undefined
  await page.exposeFunction('sayOutside', (data: SignalData) => say(data))
  const hear = (data: SignalData) =>
    page.evaluate(async (given) => {
      const { peer, say: answer } = (globalThis as InPage).kept
      if ('candidate' in given) return void (await peer.addIceCandidate(given.candidate))
      await peer.setRemoteDescription(given.description)
      if (given.description.type !== 'offer') return
      await peer.setLocalDescription(await peer.createAnswer())
      answer({ description: { type: 'answer', sdp: peer.localDescription?.sdp ?? '' } })
    }, data)
  // One after the other, as they came.
  let hearing = Promise.resolve()
  return {
    begin: ({ policy, servers }) =>
      page.evaluate(
        async ([iceTransportPolicy, iceServers]) => {
          const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
          const peer = new RTCPeerConnection({
            iceTransportPolicy,
            iceServers: iceServers.map((each) => ({ ...each, urls: [...each.urls] })),
          })
          for (const track of stream.getTracks()) peer.addTrack(track, stream)
          const say = (data: SignalData) => void (globalThis as InPage).sayOutside(data)
          peer.addEventListener('icecandidate', ({ candidate }) => {
            if (!candidate) return
            const { sdpMid, sdpMLineIndex, usernameFragment } = candidate
            say({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } })
          })
          ;(globalThis as InPage).kept = { peer, say }
        },
        [policy, servers] as const,
      ),
    speaksBy(device, to) {
      say = (data) => void device.signal(to, data)
      device.socket.on(CALL_WIRE.signal, ({ from, data }: CallSignal) => {
        if (from === to) hearing = hearing.then(() => hear(data))
      })
    },
    offer: () =>
      page.evaluate(async () => {
        const { peer, say: tell } = (globalThis as InPage).kept
        await peer.setLocalDescription(await peer.createOffer())
        tell({ description: { type: 'offer', sdp: peer.localDescription?.sdp ?? '' } })
      }),
    state: () => page.evaluate(() => (globalThis as InPage).kept.peer.connectionState),
    heard: () =>
      page.evaluate(async () => {
        let bytes = 0
        const stats = await (globalThis as InPage).kept.peer.getStats()
        for (const each of stats.values()) if (each.type === 'inbound-rtp') bytes += each.bytesReceived
        return bytes
      }),
    pair: () =>
      page.evaluate(async () => {
        const stats = await (globalThis as InPage).kept.peer.getStats()
        const all = [...stats.values()]
        const chosen = all.find((each) => each.type === 'candidate-pair' && each.nominated && each.state === 'succeeded')
        const kind = (id: string) => String(all.find((each) => each.id === id)?.candidateType)
        return chosen && { local: kind(chosen.localCandidateId), remote: kind(chosen.remoteCandidateId) }
      }),
    candidates: () =>
      page.evaluate(async () => {
        const { peer } = (globalThis as InPage).kept
        const found: string[] = []
        const finished = new Promise<void>((resolve) => {
          peer.addEventListener('icecandidate', ({ candidate }) => {
            if (candidate) found.push(candidate.candidate)
            else resolve()
          })
        })
        await peer.setLocalDescription(await peer.createOffer())
        await finished
        return found
      }),
  }
}
