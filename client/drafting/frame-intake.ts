// Frames of one document, in their order: they wait while the answer to joining is on its way, and while somebody points into the text or
// composes a word in it.

import type { Connection } from '#client/realtime/connection.ts'
import { decodeServerFrame, type ServerFrame } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import { makeWritingCalm, type WritingCalm } from './writing-calm.ts'

interface FrameIntakeDeps {
  readonly connection: Pick<Connection, 'on'>
  readonly documentId: DocumentId
  readonly timers: Timers
  readonly apply: (frame: ServerFrame) => void
}

export class FrameIntake {
  readonly calm: WritingCalm<() => void>
  readonly #deps: FrameIntakeDeps
  readonly #stop: () => void
  /** Undefined once joined. */
  #early: ServerFrame[] | undefined = []

  constructor(deps: FrameIntakeDeps) {
    this.#deps = deps
    this.calm = makeWritingCalm({ timers: deps.timers, pass: (act) => act() })
    this.#stop = deps.connection.on(DRAFT_WIRE.frame, (text) => {
      const decoded = decodeServerFrame(text)
      if (!decoded.ok || decoded.frame.documentId !== deps.documentId) return
      if (this.#early) this.#early.push(decoded.frame)
      else this.#receive(decoded.frame)
    })
  }

  /** Behind the frames that wait. */
  inOrder(act: () => void): void {
    this.calm.receive(act)
  }

  #receive(frame: ServerFrame): void {
    // nobody writes in a closed text: a word that is still being composed is over
    if (frame.kind === 'closed') this.calm.flush()
    this.calm.receive(() => this.#deps.apply(frame))
  }

  /** From asking to join until the answer is taken. What came before it belongs to what this device says that it has. */
  hold(): void {
    this.calm.flush()
    this.#early = []
  }

  release(): void {
    const waiting = this.#early ?? []
    this.#early = undefined
    for (const frame of waiting) this.#deps.apply(frame)
  }

  close(): void {
    this.calm.close()
    this.#stop()
  }
}
