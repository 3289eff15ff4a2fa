// All that a page's sockets were sent, kept from its first frame to its last, to be searched for what was not meant for it.
import type { Someone } from './people.ts'

/** To be called before the page opens anything. */
export function overhear({ page }: Someone): readonly string[] {
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString())))
  return frames
}

/** The frames in words: what travels as bytes, texts and their edits, is read as well. */
export function wordsIn(frames: readonly string[]): string {
  return frames.flatMap((frame) => [frame, ...[...frame.matchAll(BYTES)].map(([bytes]) => fromBytes(bytes))]).join('\n')
}

const BYTES = /[A-Za-z0-9+/]{16,}={0,2}/g
const fromBytes = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

/** The rooms of one side or one person that were named. */
export function roomsIn(frames: readonly string[]): readonly string[] {
  return [
    ...new Set(
      frames.flatMap((frame) => [...frame.matchAll(/\b(?:side|direct|self):[\w-]{22}|(?<=")mediators(?=")/g)].map(([room]) => room)),
    ),
  ]
}

/** What says nothing: the connection's own pulse, an answer to one's own question, what one has read oneself. */
export function saysSomething(frame: string): boolean {
  return frame !== '2' && !/^43\d+/.test(frame) && !frame.includes('"audience":"self:')
}
