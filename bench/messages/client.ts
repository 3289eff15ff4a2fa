// The client process of the messages bench: all members of all rooms, in one process of their own.
import { answerCalls, mark } from '../lib/client-process.ts'
import { pause, quantile } from '../lib/measure.ts'
import type { SeededSession } from '../platform/seeded.ts'
import { joinBare, joinPlatform, type Member } from './members.ts'

interface ConnectInput {
  readonly kind: 'platform' | 'bare'
  readonly url: string
  readonly sessions: readonly (readonly SeededSession[])[]
}
interface SaturateInput {
  readonly warmUpMs: number
  readonly ms: number
}
export interface Saturated {
  readonly acknowledged: number
  readonly refused: number
  readonly delivered: number
  readonly missing: number
  readonly seconds: number
  readonly clientCores: number
}
interface PacedInput extends SaturateInput {
  readonly perSecond: number
}
export interface Paced {
  readonly sent: number
  readonly refused: number
  /** Deliveries that never came, came twice, or came before an earlier one of the same author. */
  readonly lost: number
  readonly doubled: number
  readonly disordered: number
  readonly ack50: number
  readonly ack99: number
  readonly delivery50: number
  readonly delivery99: number
}

// 200 bytes, half of them Cyrillic, as people here write.
const WORDS = 'Мы готовы оплатить остаток двумя частями: 500 000 ₸ до 10 декабря, the rest by 25 January, если корм будет принят по акту '
let rooms: Member[][] = []

async function connect({ kind, url, sessions }: ConnectInput): Promise<number> {
  const join = kind === 'platform' ? joinPlatform : joinBare
  rooms = sessions.map(() => [])
  let next = 0
  const flat = sessions.flatMap((room, at) => room.map((session) => ({ session, at })))
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let one = flat[next++]; one; one = flat[next++]) rooms[one.at]?.push(await join(url, one.session))
    }),
  )
  return flat.length
}

/** Each member says the next as soon as the last is acknowledged. */
async function saturate({ warmUpMs, ms }: SaturateInput): Promise<Saturated> {
  const members = rooms.flat()
  const others = (rooms[0]?.length ?? 1) - 1
  const total = { sent: 0, acknowledged: 0, refused: 0, delivered: 0 }
  let running = true
  for (const member of members) {
    member.heard = () => total.delivered++
    const say = () => {
      if (!running) return
      total.sent++
      member.say(WORDS, (accepted) => {
        if (accepted) total.acknowledged++
        else total.refused++
        say()
      })
    }
    say()
  }
  await pause(warmUpMs)
  mark('start')
  const [cpu, before, at] = [process.cpuUsage(), { ...total }, performance.now()]
  await pause(ms)
  mark('end')
  const seconds = (performance.now() - at) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const after = { ...total }
  running = false
  const end = performance.now() + 5000
  const open = () => total.acknowledged + total.refused < total.sent || total.delivered < total.acknowledged * others
  while (performance.now() < end && open()) await pause(20)
  return {
    acknowledged: after.acknowledged - before.acknowledged,
    refused: total.refused,
    delivered: after.delivered - before.delivered,
    missing: total.acknowledged * others - total.delivered,
    seconds,
    clientCores: (user + system) / 1e6 / seconds,
  }
}

/** At a fixed rate, whatever the server does; latency from the moment of sending, order and completeness for each author at each listener. */
async function paced({ perSecond, warmUpMs, ms }: PacedInput): Promise<Paced> {
  const members = rooms.flat()
  const others = (rooms[0]?.length ?? 1) - 1
  const acks: number[] = []
  const deliveries: number[] = []
  const said = members.map(() => 0)
  const result = { sent: 0, refused: 0, answered: 0, delivered: 0, doubled: 0, disordered: 0 }
  for (const room of rooms) {
    for (const listener of room) {
      const last = new Map<number, number>()
      listener.heard = (text) => {
        const [, who, number, sentAt] = /~(\d+)~(\d+)~([\d.]+)~/.exec(text)?.map(Number) ?? []
        if (who === undefined || number === undefined || sentAt === undefined) return
        const before = last.get(who) ?? 0
        if (number === before) result.doubled++
        else if (number !== before + 1) result.disordered++
        last.set(who, Math.max(number, before))
        result.delivered++
        if (sentAt > measuredFrom) deliveries.push(performance.now() - sentAt)
      }
    }
  }
  const start = performance.now()
  const measuredFrom = start + warmUpMs
  const end = measuredFrom + ms
  let marked = false
  for (let now = start; now < end; now = performance.now()) {
    if (!marked && now >= measuredFrom) {
      marked = true
      mark('start')
    }
    const due = Math.floor(((now - start) / 1000) * perSecond)
    for (; result.sent < due; result.sent++) {
      const who = result.sent % members.length
      const number = (said[who] ?? 0) + 1
      said[who] = number
      const sentAt = performance.now()
      members[who]?.say(`~${who}~${number}~${sentAt.toFixed(3)}~ ${WORDS}`.slice(0, 120), (accepted) => {
        result.answered++
        if (!accepted) result.refused++
        if (sentAt > measuredFrom) acks.push(performance.now() - sentAt)
      })
    }
    await pause(1)
  }
  mark('end')
  const until = performance.now() + 5000
  while (performance.now() < until && result.delivered < (result.sent - result.refused) * others) await pause(20)
  const { sent, refused, doubled, disordered } = result
  const lost = (sent - refused) * others - result.delivered + doubled
  return {
    sent,
    refused,
    lost,
    doubled,
    disordered,
    ack50: quantile(acks, 0.5),
    ack99: quantile(acks, 0.99),
    delivery50: quantile(deliveries, 0.5),
    delivery99: quantile(deliveries, 0.99),
  }
}

answerCalls({ connect, saturate, paced })
