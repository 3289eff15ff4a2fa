// Keeps the store level with the server: listen first, then ask "since seq", page by page; what arrives meanwhile is merged by its number.
// A hole, a screen that comes back and a quiet half minute are each asked about, because a notification can be lost without a trace.
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import type { Ack } from '#shared/protocol/wire.ts'
import { type PresenceNotice, type ResumeAnswer, type ResumeRequest, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import type { CaseStore } from './case-store.ts'
import type { Connection } from './connection.ts'

interface Sync {
  /** Asks whether anything was missed. */
  check(): void
  /** While events wait for what it takes to read them: until they are taken in, or the line is lost. */
  reading(): Promise<void> | undefined
  stop(): void
}

interface SyncDeps {
  readonly connection: Pick<Connection, 'state' | 'subscribe' | 'ask' | 'on' | 'restart' | 'deviceOffline'>
  readonly store: Pick<CaseStore, 'heads' | 'ready' | 'receive' | 'resumed' | 'presence' | 'hasHole'>
  readonly clock: Clock
  readonly timers: Timers
}

const CHECK_EVERY = 25_000
const AGAIN_AFTER = 2_000
const FETCH_AGAIN_AFTER = 5_000

export function startSync({ connection, store, clock, timers }: SyncDeps): Sync {
  let asking: Promise<void> | undefined
  let again = false
  let reading: Promise<void> | undefined
  let wasLive = false
  let cancelCheck: (() => void) | undefined

  /** Done once everything that was asked for meanwhile is there, too. */
  function resume(): Promise<void> {
    again = asking !== undefined
    asking ??= allPages()
    return asking
  }

  async function allPages() {
    try {
      do {
        again = false
        await pages()
      } while (again && isLive())
    } finally {
      asking = undefined // at once: whoever asks from here on asks anew
    }
    // a hole that a whole resume did not fill: the server may still be about to publish what comes before
    if (isLive()) schedule(store.hasHole() ? AGAIN_AFTER : CHECK_EVERY)
  }

  async function pages() {
    for (let before = ''; isLive(); ) {
      const request: ResumeRequest = { heads: store.heads().map(({ audience, epoch, seq }) => ({ audience, epoch, seq })), paged: true }
      let answer: Ack<ResumeAnswer>
      try {
        answer = await connection.ask<Ack<ResumeAnswer>>(WIRE.resume, request)
      } catch {
        if (isLive()) connection.restart() // the connection looks alive and does not answer: it is dead
        return
      }
      if (!answer.ok) {
        schedule(AGAIN_AFTER)
        return
      }
      const coming = store.ready(answer.value.events)
      if (coming && !(await came(coming))) return
      const more = store.resumed(answer.value, clock.now())
      const now = JSON.stringify(store.heads())
      if (!more || now === before) return
      before = now
    }
  }

  /** Whether what the events of an answer need could be fetched. If not, nothing of it is taken in, and all of it is asked for again. */
  async function came(coming: Promise<void>): Promise<boolean> {
    try {
      await coming
      return true
    } catch {
      // what the server gives out cannot be had from it: to the person, that is no connection
      if (isLive()) connection.deviceOffline(FETCH_AGAIN_AFTER)
      return false
    }
  }

  function schedule(milliseconds: number) {
    cancelCheck?.()
    cancelCheck = timers.after(milliseconds, () => void resume())
  }

  const isLive = () => connection.state().kind === 'live'

  const stops = [
    connection.on(WIRE.event, (told) => {
      const events = told as readonly WireEvent[] // the server is ours and sends by the protocol; links and hashes are checked
      const coming = store.ready(events)
      if (!coming) store.receive(events)
      coming?.catch(() => undefined)
      // what could not be read is asked for again, and waited for there
      if (coming) reading = resume()
      else if (store.hasHole()) void resume()
    }),
    connection.on(WIRE.joined, () => void resume()), // let into an audience: what came before is asked for
    connection.on(WIRE.presence, (notice) => store.presence(notice as PresenceNotice)), // as above
    connection.subscribe(() => {
      const live = isLive()
      if (live && !wasLive) void resume()
      // who was connected stays as last known: without a connection of one's own one cannot tell
      if (!live && wasLive) cancelCheck?.()
      wasLive = live
    }),
  ]

  return {
    check() {
      if (isLive()) void resume()
    },
    reading: () => (reading === asking ? asking : undefined),
    stop() {
      cancelCheck?.()
      for (const stop of stops) stop()
    },
  }
}
