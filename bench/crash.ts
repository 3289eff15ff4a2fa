// `kill -9` at once after the last acknowledgement: how much of what was acknowledged is there when the server is started again.
import { randomBytes } from 'node:crypto'
import { PROTOCOL_VERSION, type ResumeAnswer } from '#shared/protocol/wire.ts'
import { type Kind, nameOf } from './drafts/adapter.ts'
import { ALL_PEERS, isInstalled, openStand } from './drafts/servers.ts'
import { LightSocket } from './lib/light-socket.ts'
import { pause } from './lib/measure.ts'
import type { Table } from './lib/table.ts'
import { startPlatform } from './platform/built-server.ts'
import { newFolder, type SeededSession, seed } from './platform/seeded.ts'

const PEOPLE = 5
const PATIENCE_MS = 60_000
/** What one person may say at once. */
const EACH = 40

interface Ack {
  readonly ok: boolean
}

async function join(url: string, { token, caseId }: SeededSession) {
  const socket = await LightSocket.open({ url, auth: { token, caseId, protocol: PROTOCOL_VERSION } })
  const bodies: string[] = []
  const heads = new Map<string, { audience: string; epoch: number; seq: number; hash: string }>()
  for (;;) {
    const { value } = await socket.ask<{ value: ResumeAnswer }>('resume', {
      heads: [...heads.values()].map(({ audience, epoch, seq }) => ({ audience, epoch, seq })),
    })
    for (const { audience, epoch, seq, hash, body } of value.events) {
      heads.set(audience, { audience, epoch, seq, hash })
      if (audience === 'all' && body !== null) bodies.push(body)
    }
    if (!value.audiences.some(({ state }) => state === 'more')) return { socket, bodies, seen: heads.get('all') }
  }
}

/** Share of the acknowledged messages that are there after the kill. */
async function messages(count: number): Promise<number> {
  const folder = newFolder()
  try {
    const { sessions } = await seed(folder.path, { cases: Math.ceil(count / EACH / PEOPLE), people: PEOPLE })
    const server = await startPlatform(folder.path)
    const members = await Promise.all(sessions.flat().map((session) => join(server.url, session)))
    const acknowledged = new Set<string>()
    await Promise.all(
      members.map(async ({ socket, seen }) => {
        for (let i = 0; i < EACH; i++) {
          const id = randomBytes(16).toString('base64url')
          const input = { audience: 'all', id, text: 'Мы готовы оплатить остаток двумя частями' }
          const ack = await socket.ask<Ack>('command', { id, name: 'message:post', input, seen })
          if (ack.ok) acknowledged.add(id)
        }
      }),
    )
    await server.kill()
    const again = await startPlatform(folder.path)
    const kept = new Set<string>()
    for (const room of sessions) {
      const [first] = room
      if (!first) continue
      for (const body of (await join(again.url, first)).bodies) kept.add((JSON.parse(body) as { id?: string }).id ?? '')
    }
    await again.kill()
    if (acknowledged.size < count * 0.9) throw new Error(`only ${acknowledged.size} of ${count} messages were accepted`)
    return [...acknowledged].filter((id) => kept.has(id)).length / acknowledged.size
  } finally {
    folder.remove()
  }
}

/** Share of the writer's edits that a new client finds; every reader had all of them, and the writer every answer, before the kill. */
async function edits(kind: Kind, limit: number): Promise<number> {
  const stand = await openStand(kind, { cases: 1, people: 6 })
  try {
    await stand.client.call('replay', { trace: 'sveltecomponent', readers: 3, limit, batch: 1 })
    await stand.server.kill()
    const held = await stand.client.call<{ clocks: number }>('held')
    await stand.again()
    const found = await stand.client.call<{ clocks: number }>('look', { at: 0, person: 5, waitMs: 3000 })
    return found.clocks / held.clocks
  } finally {
    await stand.end()
  }
}

/** Killed in the middle: share of what any reader had been given that a new client finds. */
async function passedOn(kind: Kind, limit: number): Promise<number> {
  const stand = await openStand(kind, { cases: 1, people: 6 })
  try {
    const had = () => stand.client.call<{ clocks: number }>('passedOn')
    stand.client.call('replay', { trace: 'sveltecomponent', readers: 3, limit, batch: 1 }).catch(() => undefined) // ends with its client
    const began = performance.now()
    while ((await had()).clocks < limit / 4) {
      if (performance.now() - began > PATIENCE_MS) throw new Error('readers get nothing')
    }
    await stand.server.kill()
    await pause(500) // what was under way arrives
    const { clocks } = await had()
    await stand.again()
    const found = await stand.client.call<{ clocks: number }>('look', { at: 0, person: 5, waitMs: 3000 })
    return Math.min(1, found.clocks / clocks)
  } finally {
    await stand.end()
  }
}

export async function benchCrash({ count, peers }: { count: number; peers: boolean }, table: Table): Promise<boolean> {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  table.head('kill -9', 'messages acknowledged', 'draft edits acknowledged', 'draft edits passed on, killed in the middle')
  const [said, written, given] = [await messages(count), await edits('platform', count), await passedOn('platform', count)]
  table.row('ours', percent(said), percent(written), percent(given))
  let held = 1
  for (const peer of peers ? ALL_PEERS.filter(isInstalled) : []) {
    const [kept, had] = [await edits(peer, count), await passedOn(peer, count)]
    if (peer === 'hocuspocus-durable') held = Math.min(kept, had)
    table.row(nameOf(peer), 'none', percent(kept), percent(had))
  }
  // Its figures stand beside ours as those of a server that keeps the same promise.
  const comparable = !peers || table.must('edits lost by Hocuspocus although it was held to our promise', held < 1 ? 1 : 0)
  const whole = said === 1 && written === 1 && given === 1
  return table.must('acknowledged messages, acknowledged or passed on edits lost', whole ? 0 : 1) && comparable
}
