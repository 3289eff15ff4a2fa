// Fetches what was said before the part that this device holds: when somebody wants to read it, and by itself back to what the device knew
// when it was here last, so that two histories are found out without anybody scrolling.
import type { Audience } from '#shared/kernel/audience.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { type Ack, type OlderAnswer, type OlderRequest, WIRE } from '#shared/protocol/wire.ts'
import { meaningOf } from './ack-meaning.ts'
import type { CaseStore } from './case-store.ts'
import type { Connection } from './connection.ts'

export type OlderState = 'idle' | 'coming' | 'failed'

export interface OlderWords {
  state(audience: Audience): OlderState
  subscribe(listener: () => void): () => void
  /** A page of them; nothing when one is on its way, or none is missing. */
  fetch(audience: Audience): void
  stop(): void
}

interface Deps {
  readonly connection: Pick<Connection, 'state' | 'subscribe' | 'ask'>
  readonly store: Pick<CaseStore, 'snapshot' | 'subscribe' | 'ready' | 'older' | 'unlinked'>
  readonly timers: Timers
}

/** Pages that nobody reads come no faster than a server allows somebody who reads. */
const LINK_EVERY = 300
const LINK_AGAIN_AFTER = 5_000

export function fetchOlderWords({ connection, store, timers }: Deps): OlderWords {
  const listeners = new Set<() => void>()
  const states = new Map<Audience, 'coming' | 'failed'>()
  let cancelLink: (() => void) | undefined
  const isLive = () => connection.state().kind === 'live'

  function become(audience: Audience, state: OlderState) {
    if (state === 'idle') states.delete(audience)
    else states.set(audience, state)
    for (const listener of [...listeners]) listener()
  }

  /** Answers whether a page was asked for and did not come. */
  async function fetch(audience: Audience, ifFailed: OlderState = 'failed'): Promise<boolean> {
    const held = store.snapshot().earlier.get(audience)
    if (!held || states.get(audience) === 'coming') return false
    become(audience, 'coming')
    const came = await ask({ audience, before: held.from })
    become(audience, came ? 'idle' : ifFailed)
    return !came
  }

  async function ask(request: OlderRequest): Promise<boolean> {
    try {
      const answer = await pageOf(request)
      if (!answer.ok || answer.value.events.length === 0) return false
      await store.ready(answer.value.events)
      store.older(request.audience, answer.value.events)
      return store.snapshot().earlier.get(request.audience)?.from !== request.before
    } catch {
      return false // no connection, no answer in time, or what it takes to read it cannot be fetched
    }
  }

  /** A server that says "later" is asked later. */
  async function pageOf(request: OlderRequest): Promise<Ack<OlderAnswer>> {
    for (;;) {
      const answer = await connection.ask<Ack<OlderAnswer>>(WIRE.older, request)
      const meaning = meaningOf(answer)
      if (meaning.kind === 'settled') return answer
      await new Promise<void>((resolve) => timers.after(meaning.after, resolve))
    }
  }

  function link() {
    if (!isLive() || !store.snapshot().caughtUp) return
    for (const audience of store.unlinked()) {
      if (states.has(audience)) continue
      void fetch(audience, 'idle').then((failed) => linkIn(failed ? LINK_AGAIN_AFTER : LINK_EVERY))
    }
  }

  function linkIn(milliseconds: number) {
    cancelLink ??= timers.after(milliseconds, () => {
      cancelLink = undefined
      link()
    })
  }

  const linkSoon = () => {
    if (store.unlinked().length > 0) linkIn(LINK_EVERY)
  }
  const stops = [
    store.subscribe(linkSoon),
    connection.subscribe(() => {
      if (!isLive()) return
      for (const [audience, state] of [...states]) if (state === 'failed') become(audience, 'idle')
      linkSoon()
    }),
  ]

  return {
    state: (audience) => states.get(audience) ?? 'idle',
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fetch: (audience) => void fetch(audience),
    stop() {
      cancelLink?.()
      for (const stop of stops) stop()
      listeners.clear()
    },
  }
}
