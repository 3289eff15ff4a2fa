// A joint call that goes through the SFU. To a device it looks as between devices: what it says to its own id is about what it sends; what is
// said in the name of another is about what it gets of that one.
import type { SignalData } from '#shared/calls/call-wire.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { MediaId } from '#shared/kernel/ids.ts'
import type { SfuRoom } from './sfu.ts'

interface SfuCallDeps {
  readonly room: SfuRoom
  /** Of those who are in the call now. */
  readonly members: () => readonly MediaId[]
  /** `from` has something to say to `to`; nobody hears it who has gone meanwhile. */
  readonly send: (to: MediaId, from: MediaId, data: SignalData) => void
  readonly onTrouble: (cause: unknown) => void
}

export class SfuCall {
  readonly #deps: SfuCallDeps
  /** Whose sound the room has. */
  readonly #taken = new Set<MediaId>()

  constructor(deps: SfuCallDeps) {
    this.#deps = deps
  }

  /** What a device says about its connection `of`: its own id, or another's whom it hears. */
  async hear(member: MediaId, of: MediaId, data: SignalData): Promise<void> {
    const { room } = this.#deps
    if ('candidate' in data) return room.candidate(member, of, data.candidate)
    const { type, sdp } = data.description
    const isOwn = member === of
    // A device offers its own sound and answers to others'; never the other way round.
    if (isOwn !== (type === 'offer')) throw new AppError({ kind: 'invalid', field: 'data.description.type' })
    try {
      await (isOwn ? this.#take(member, sdp) : room.given(member, of, sdp))
    } catch (cause) {
      throw new AppError({ kind: 'unavailable' }, { cause }) // the room has gone, or makes nothing of it
    }
  }

  leave(member: MediaId): void {
    this.#taken.delete(member)
    this.#deps.room.leave(member)
  }

  close(): void {
    this.#deps.room.close()
  }

  async #take(member: MediaId, offer: string): Promise<void> {
    const { room, send, members } = this.#deps
    const answer = await room.take(member, offer)
    if (!members().includes(member)) return room.leave(member)
    send(member, member, { description: { type: 'answer', sdp: answer } })
    if (this.#taken.has(member)) return
    const others = [...this.#taken]
    this.#taken.add(member)
    for (const other of others) {
      this.#give(member, other)
      this.#give(other, member)
    }
  }

  #give(to: MediaId, of: MediaId): void {
    const { room, send, onTrouble } = this.#deps
    room.give(to, of).then((offer) => {
      if (offer !== undefined && this.#taken.has(of)) send(to, of, { description: { type: 'offer', sdp: offer } })
    }, onTrouble)
  }
}
