// Fetches what was said before the part that this device holds: when somebody wants to read it, and by itself back to what the device knew
// when it was here last, so that two histories are found out without anybody scrolling.
import type { Audience } from '#shared/kernel/audience.ts'
import { type Ack, type OlderAnswer, type OlderRequest, WIRE } from '#shared/protocol/wire.ts'
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
  readonly store: Pick<CaseStore, 'snapshot' | 'subscribe' | 'older' | 'unlinked'>
}

export function fetchOlderWords({ connection, store }: Deps): OlderWords {
  const listeners = new Set<() => void>()
  const states = new Map<Audience, 'coming' | 'failed'>()
  const isLive = () => connection.state().kind === 'live'

  function become(audience: Audience, state: OlderState) {
    if (state === 'idle') states.delete(audience)
    else states.set(audience, state)
    for (const listener of [...listeners]) listener()
  }

  function fetch(audience: Audience) {
    const held = store.snapshot().earlier.get(audience)
    if (!held || states.get(audience) === 'coming') return
    become(audience, 'coming')
    void ask({ audience, before: held.from }).then((answered) => become(audience, answered ? 'idle' : 'failed'))
  }

  async function ask(request: OlderRequest): Promise<boolean> {
    try {
      const answer = await connection.ask<Ack<OlderAnswer>>(WIRE.older, request)
      if (!answer.ok || answer.value.events.length === 0) return false
      store.older(request.audience, answer.value.events)
      return store.snapshot().earlier.get(request.audience)?.from !== request.before
    } catch {
      return false // no connection, or no answer in time: asked again by whoever wants to read it, or on the next connection
    }
  }

  function link() {
    if (!isLive() || !store.snapshot().caughtUp) return
    for (const audience of store.unlinked()) if (!states.has(audience)) fetch(audience)
  }

  const stops = [
    store.subscribe(link),
    connection.subscribe(() => {
      if (!isLive()) return
      for (const [audience, state] of [...states]) if (state === 'failed') become(audience, 'idle')
      link()
    }),
  ]
  listeners.add(link) // the next page, when one has come

  return {
    state: (audience) => states.get(audience) ?? 'idle',
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fetch,
    stop() {
      for (const stop of stops) stop()
      listeners.clear()
    },
  }
}
