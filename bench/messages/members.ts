// A member of a room as the load sees one: says a text, hears the others. One for our platform, one for bare Socket.IO.
import { randomBytes } from 'node:crypto'
import { PROTOCOL_VERSION, type ResumeAnswer } from '#shared/protocol/wire.ts'
import { LightSocket } from '../lib/light-socket.ts'
import type { SeededSession } from '../platform/seeded.ts'

export interface Member {
  /** `answered`: whether the server has accepted it. */
  say(text: string, answered: (accepted: boolean) => void): void
  /** Each message of somebody else, as text that holds what was said (one byte per character). */
  heard: (text: string) => void
  drop(): void
}

export async function joinPlatform(url: string, session: SeededSession): Promise<Member> {
  const { caseId, participantId, token } = session
  const socket = await LightSocket.open({ url, auth: { token, caseId, protocol: PROTOCOL_VERSION } })
  const ack = await socket.ask<{ ok: true; value: ResumeAnswer }>('resume', { heads: [] })
  const last = ack.value.events.filter((event) => event.audience === 'all').at(-1)
  let seen = { audience: 'all', epoch: last?.epoch ?? 0, seq: last?.seq ?? 0, hash: last?.hash ?? '' }
  let latest: string | undefined
  const own = `"by":"${participantId}"`
  const member: Member = {
    heard: () => undefined,
    say(text, answered) {
      // What a device does before it sends: name the last event that its person has before their eyes.
      if (latest) seen = { ...seen, seq: Number(between(latest, '"seq":', ',')), hash: between(latest, '"hash":"', '"') }
      latest = undefined
      const id = randomBytes(16).toString('base64url')
      const envelope = { id, name: 'message:post', input: { audience: 'all', id, text }, seen }
      const send = () =>
        socket.emit('command', envelope, (json) => {
          // What comes too fast from one person waits there, as on a device: twenty a second for each is what the server takes.
          if (json.includes('"kind":"too-many"')) setTimeout(send, 1_000)
          else answered(json.startsWith('[{"ok":true'))
        })
      send()
    },
    drop: () => socket.drop(),
  }
  socket.onEvent = (json) => {
    if (!json.startsWith('["event"')) return
    latest = json
    // One frame may carry several; within a body the quotation marks are escaped.
    for (const event of json.split('{"caseId":').slice(1)) if (!event.includes(own)) member.heard(event)
  }
  return member
}

export async function joinBare(url: string, { caseId }: SeededSession): Promise<Member> {
  const socket = await LightSocket.open({ url, auth: { room: caseId } })
  const member: Member = {
    heard: () => undefined,
    say: (text, answered) => socket.emit('message', text, (json) => answered(json.startsWith('[{"ok":true'))),
    drop: () => socket.drop(),
  }
  socket.onEvent = (json) => {
    if (json.startsWith('["message"')) member.heard(json)
  }
  return member
}

function between(text: string, before: string, after: string): string {
  const from = text.lastIndexOf(before) + before.length
  return text.slice(from, text.indexOf(after, from))
}
