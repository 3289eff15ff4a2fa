// Joint calls of many through Janus: a private room with a pin for each run of a call, which is gone with it. Nothing asks it to record.
import type { Parts } from '#server/capability.ts'
import type { JanusConfig } from '#server/config/calls-config.ts'
import type { CandidateSignal } from '#shared/calls/call-wire.ts'
import { SFU_MEMBERS } from '#shared/calls/call-wire.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy, Timers } from '#shared/kernel/clock.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import { JanusConnection } from './janus-connection.ts'
import type { Sfu, SfuRoom } from './sfu.ts'

interface Deps {
  readonly config: JanusConfig
  readonly timers: Timers
  readonly entropy: Entropy
  readonly onTrouble: (cause: unknown) => void
  /** Into the server's log. */
  readonly note: Parts['note']
}

/** Bits a second that one device may send with its picture. */
const BITRATE = 256_000

export function openJanus({ config, timers, entropy, onTrouble, note }: Deps): Sfu {
  const rooms = new Set<() => void>()
  const connection = new JanusConnection({
    ...config,
    timers,
    note: (isReached) => note({}, isReached ? 'the SFU of calls is reached' : 'the SFU of calls cannot be reached'),
    onLost() {
      const lost = [...rooms]
      rooms.clear()
      for (const tell of lost) tell()
    },
  })
  const random = () => base64url(entropy.bytes(16, 'room of the SFU'))
  return {
    isReady: () => connection.isReady,
    open(onLost) {
      rooms.add(onLost)
      return new JanusRoom({ connection, room: random(), pin: random(), onTrouble, onClosed: () => void rooms.delete(onLost) })
    },
    close: () => connection.close(),
  }
}

interface RoomDeps {
  readonly connection: JanusConnection
  readonly room: string
  readonly pin: string
  readonly onTrouble: (cause: unknown) => void
  readonly onClosed: () => void
}

class JanusRoom implements SfuRoom {
  readonly #deps: RoomDeps
  /** The handle that made the room; others wait until it stands. */
  readonly #maker: Promise<number>
  /** By `to of`: whose end it is, and whose sound goes through it. */
  readonly #handles = new Map<string, Promise<number>>()
  /** Whose sound has come through: nothing can be handed out before. */
  readonly #up = new Map<MediaId, Promise<boolean>>()

  constructor(deps: RoomDeps) {
    this.#deps = deps
    this.#maker = this.#make()
    this.#maker.catch(deps.onTrouble)
  }

  async take(of: MediaId, offer: string): Promise<string> {
    const { connection, room, pin } = this.#deps
    const key = keyOf(of, of)
    const isNew = !this.#handles.has(key)
    const handle = await this.#handleOf(key)
    if (isNew) this.#up.set(of, connection.whenUp(handle))
    const request = isNew ? { request: 'joinandconfigure', ptype: 'publisher', room, pin, id: of } : { request: 'configure' }
    const { jsep } = await connection.message(handle, request, { type: 'offer', sdp: offer })
    if (!jsep) throw new Error('Janus gave no answer')
    return jsep.sdp
  }

  async give(to: MediaId, of: MediaId): Promise<string | undefined> {
    const { connection, room, pin } = this.#deps
    // Who has gone meanwhile hears nobody.
    if (!(await this.#up.get(of)) || !this.#handles.has(keyOf(to, to))) return undefined
    const handle = await this.#handleOf(keyOf(to, of))
    const { jsep } = await connection.message(handle, { request: 'join', ptype: 'subscriber', room, pin, streams: [{ feed: of }] })
    return jsep?.sdp
  }

  async given(to: MediaId, of: MediaId, answer: string): Promise<void> {
    const handle = await this.#handles.get(keyOf(to, of))
    if (handle !== undefined) await this.#deps.connection.message(handle, { request: 'start' }, { type: 'answer', sdp: answer })
  }

  candidate(to: MediaId, of: MediaId, { candidate, sdpMid, sdpMLineIndex }: CandidateSignal): void {
    const found = candidate === '' ? { completed: true } : { candidate, sdpMid, sdpMLineIndex }
    this.#handles.get(keyOf(to, of))?.then(
      (handle) => this.#deps.connection.trickle(handle, found),
      () => undefined,
    ) // said where it was asked for
  }

  leave(member: MediaId): void {
    this.#up.delete(member)
    for (const key of this.#handles.keys()) if (key.split(' ').includes(member)) this.#detach(key)
  }

  close(): void {
    const { connection, room, onClosed } = this.#deps
    onClosed()
    for (const key of this.#handles.keys()) this.#detach(key)
    this.#maker
      .then(
        async (handle) => {
          await connection.message(handle, { request: 'destroy', room })
          connection.detach(handle)
        },
        () => undefined, // it never stood
      )
      .catch(() => undefined) // gone with Janus
  }

  async #make(): Promise<number> {
    const { connection, room, pin } = this.#deps
    const handle = await connection.attach()
    const codecs = { audiocodec: 'opus', videocodec: 'vp8' }
    const quiet = { notify_joining: false, record: false, lock_record: true }
    await connection.message(handle, {
      request: 'create',
      room,
      pin,
      is_private: true,
      publishers: SFU_MEMBERS,
      bitrate: BITRATE,
      ...codecs,
      ...quiet,
    })
    return handle
  }

  #handleOf(key: string): Promise<number> {
    const known = this.#handles.get(key)
    if (known) return known
    const made = this.#maker.then(() => this.#deps.connection.attach())
    this.#handles.set(key, made)
    return made
  }

  #detach(key: string): void {
    this.#handles.get(key)?.then(
      (handle) => this.#deps.connection.detach(handle),
      () => undefined,
    ) // it never stood
    this.#handles.delete(key)
  }
}

const keyOf = (to: MediaId, of: MediaId) => `${to} ${of}`
