// The one client of Janus: a WebSocket that asks and is answered, kept open and opened again. Nobody else reaches it.
import { WebSocket } from 'ws'
import * as z from 'zod/mini'
import type { JanusConfig } from '#server/config/calls-config.ts'
import type { Timers } from '#shared/kernel/clock.ts'

interface Deps extends JanusConfig {
  readonly timers: Timers
  /** All that Janus held for us is gone. */
  readonly onLost: () => void
  /** Said once each time that it changes. */
  readonly note: (isReached: boolean) => void
}

const KEEP_ALIVE_MS = 25_000
/** How soon it is looked for again. */
export const AGAIN_MS = 5_000
const ANSWER_MS = 10_000
const MAX_ANSWER_BYTES = 1024 * 1024

const answerShape = z.object({
  janus: z.string(),
  transaction: z.optional(z.string()),
  /** Of what nobody asked for: the handle that it is about. */
  sender: z.optional(z.number()),
  data: z.optional(z.object({ id: z.number() })),
  plugindata: z.optional(z.object({ data: z.record(z.string(), z.unknown()) })),
  jsep: z.optional(z.object({ type: z.enum(['offer', 'answer']), sdp: z.string() })),
})
export type JanusAnswer = z.output<typeof answerShape>
export interface JanusDescription {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

interface Asked {
  resolve(answer: JanusAnswer): void
  reject(cause: Error): void
  readonly cancel: () => void
}

export class JanusConnection {
  readonly #deps: Deps
  readonly #asked = new Map<string, Asked>()
  /** Waiting for sound to come through, by handle. */
  readonly #waiting = new Map<number, (isUp: boolean) => void>()
  #socket: WebSocket | undefined
  #session: number | undefined
  #cancel: () => void = () => undefined
  #closed = false
  #count = 0
  /** What the log was told last. */
  #noted: boolean | undefined

  constructor(deps: Deps) {
    this.#deps = deps
    this.#connect()
  }

  get isReady(): boolean {
    return this.#session !== undefined
  }

  /** A handle on the plug-in that holds rooms. */
  async attach(): Promise<number> {
    const { data } = await this.#ask({ janus: 'attach', plugin: 'janus.plugin.videoroom' })
    if (!data) throw new Error('Janus gave no handle')
    return data.id
  }

  message(handle: number, body: object, jsep?: JanusDescription): Promise<JanusAnswer> {
    return this.#ask({ janus: 'message', handle_id: handle, body, ...(jsep && { jsep }) })
  }

  trickle(handle: number, candidate: object): void {
    this.#tell({ janus: 'trickle', handle_id: handle, candidate })
  }

  /** Whether sound comes through a handle at last; false when it is given back before. */
  whenUp(handle: number): Promise<boolean> {
    return new Promise((resolve) => this.#waiting.set(handle, resolve))
  }

  detach(handle: number): void {
    this.#settle(handle, false)
    this.#tell({ janus: 'detach', handle_id: handle })
  }

  close(): void {
    this.#closed = true
    this.#cancel()
    this.#socket?.terminate()
  }

  #connect(): void {
    const socket = new WebSocket(this.#deps.url, 'janus-protocol', { maxPayload: MAX_ANSWER_BYTES })
    this.#socket = socket
    socket.on('open', () => void this.#begin())
    socket.on('message', (text) => this.#hear(String(text)))
    socket.on('error', () => undefined) // 'close' follows
    socket.on('close', () => this.#lose())
  }

  async #begin(): Promise<void> {
    try {
      const { data } = await this.#ask({ janus: 'create' })
      if (!data) throw new Error('Janus gave no session')
      this.#session = data.id
      this.#note(true)
      this.#keepAlive()
    } catch {
      this.#socket?.terminate() // it is tried again
    }
  }

  #keepAlive(): void {
    this.#cancel = this.#deps.timers.after(KEEP_ALIVE_MS, () => {
      this.#tell({ janus: 'keepalive' })
      this.#keepAlive()
    })
  }

  #lose(): void {
    const hadSession = this.#session !== undefined
    this.#session = undefined
    this.#cancel()
    for (const { cancel, reject } of this.#asked.values()) {
      cancel()
      reject(new Error('Janus has gone'))
    }
    this.#asked.clear()
    for (const handle of this.#waiting.keys()) this.#settle(handle, false)
    if (this.#closed) return
    this.#note(false)
    if (hadSession) this.#deps.onLost()
    this.#cancel = this.#deps.timers.after(AGAIN_MS, () => this.#connect())
  }

  #note(isReached: boolean): void {
    if (this.#noted !== isReached) this.#deps.note(isReached)
    this.#noted = isReached
  }

  #hear(text: string): void {
    const answer = readAnswer(text)
    if (!answer) return
    if (answer.janus === 'timeout') this.#socket?.terminate()
    if (answer.janus === 'webrtcup' && answer.sender !== undefined) this.#settle(answer.sender, true)
    const asked = answer.transaction === undefined ? undefined : this.#asked.get(answer.transaction)
    // "I have heard you" comes before the answer itself.
    if (!asked || answer.transaction === undefined || answer.janus === 'ack') return
    this.#asked.delete(answer.transaction)
    asked.cancel()
    const fault = answer.janus === 'error' || answer.plugindata?.data.error_code !== undefined
    if (fault) asked.reject(new Error(`Janus refused: ${answer.plugindata?.data.error_code ?? 'error'}`))
    else asked.resolve(answer)
  }

  #settle(handle: number, isUp: boolean): void {
    this.#waiting.get(handle)?.(isUp)
    this.#waiting.delete(handle)
  }

  #ask(what: object): Promise<JanusAnswer> {
    return new Promise((resolve, reject) => {
      const transaction = this.#tell(what)
      const cancel = this.#deps.timers.after(ANSWER_MS, () => {
        this.#asked.delete(transaction)
        reject(new Error('Janus did not answer'))
      })
      this.#asked.set(transaction, { resolve, reject, cancel })
    })
  }

  #tell(what: object): string {
    const transaction = String(++this.#count)
    const session = this.#session === undefined ? {} : { session_id: this.#session }
    const text = JSON.stringify({ ...what, ...session, transaction, apisecret: this.#deps.secret })
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text)
    return transaction
  }
}

/** Undefined for what is none: it answers nobody. */
function readAnswer(text: string): JanusAnswer | undefined {
  try {
    return answerShape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined // no JSON
  }
}
