// The client process of the long case: a device as the browser's own modules make it, store, folds and verification, on a light socket.

import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type CaseStore, createCaseStore } from '#client/realtime/case-store.ts'
import { DEVICE_EVENTS, DEVICE_FOLDS } from '#shared/catalogue.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { type Ack, PROTOCOL_VERSION, type ResumeAnswer, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { answerCalls } from '../lib/client-process.ts'
import { LightSocket } from '../lib/light-socket.ts'
import { pause } from '../lib/measure.ts'
import type { SeededSession } from '../platform/seeded.ts'

export interface Opened {
  /** A server that loads for long may cut off who waits; a device knocks again. */
  readonly knocks: number
  /** From knocking until everything that a screen shows at first is here, and folded. */
  readonly ms: number
  readonly asked: number
  readonly events: number
  readonly bytesRead: number
  readonly framesRead: number
  readonly foldCpuMs: number
}

export interface FoldedWhole {
  readonly events: number
  readonly cpuMs: number
}

const MOST_KNOCKS = 20
const AGAIN_AFTER_MS = 1_000
/** As a server pages. */
const PAGE = 100

function newStore(caseId: string): CaseStore {
  return createCaseStore({
    caseId: asId<CaseId>(caseId),
    folds: DEVICE_FOLDS,
    events: DEVICE_EVENTS,
    reads: () => true,
    wordsAfter: () => 0,
    digest: async (bytes) => new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes)),
  })
}

/** CPU milliseconds of this process. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const from = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

async function knock(at: Parameters<typeof LightSocket.open>[0]): Promise<{ readonly socket: LightSocket; readonly knocks: number }> {
  for (let knocks = 1; ; knocks++) {
    try {
      return { socket: await LightSocket.open(at), knocks }
    } catch (error) {
      if (knocks === MOST_KNOCKS) throw error
      await pause(AGAIN_AFTER_MS)
    }
  }
}

async function open({ url, session }: { url: string; session: SeededSession }): Promise<Opened> {
  const { caseId, token } = session
  const store = newStore(caseId)
  const began = performance.now()
  const { socket, knocks } = await knock({ url, auth: { token, caseId, protocol: PROTOCOL_VERSION } })
  const shut = { bytesRead: socket.bytesRead, framesRead: socket.framesRead }
  let [asked, events, foldCpuMs] = [0, 0, 0]
  for (let more = true; more; ) {
    const heads = store.heads().map(({ audience, epoch, seq }) => ({ audience, epoch, seq }))
    const answer = await socket.ask<Ack<ResumeAnswer>>(WIRE.resume, { heads, paged: true })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problem))
    asked++
    events += answer.value.events.length
    foldCpuMs += await cpuOf(async () => {
      more = store.resumed(answer.value, Date.now())
      await store.verified()
    })
  }
  const ms = performance.now() - began
  const { bytesRead, framesRead } = { bytesRead: socket.bytesRead - shut.bytesRead, framesRead: socket.framesRead - shut.framesRead }
  socket.drop()
  demandSound(store)
  return { knocks, ms, asked, events, bytesRead, framesRead, foldCpuMs }
}

/** Reads back to the first word, page by page, as somebody does who scrolls up all the way. */
async function foldWhole({ file, session }: { file: string; session: SeededSession }): Promise<FoldedWhole> {
  const events = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => JSON.parse(line) as WireEvent) // written by write-events.ts
  const [last] = events.slice(-1)
  if (!last) throw new Error('an empty conversation')
  const store = newStore(session.caseId)
  const { audience, epoch, seq: head } = last
  const cpuMs = await cpuOf(async () => {
    const from = Math.max(0, events.length - PAGE)
    const resumed = { audience, state: 'current', epoch, head, from: from + 1 } as const
    // The outline is what more follows from than conversation.
    const outline = events.slice(0, from).filter(({ type }) => type !== messagePosted.name)
    const me = asId<ResumeAnswer['me']>(session.participantId)
    store.resumed({ me, audiences: [resumed], events: [...outline, ...events.slice(from)], connected: [], now: Date.now() }, Date.now())
    for (let end = from; end > 0; end -= PAGE) store.older(audience, events.slice(Math.max(0, end - PAGE), end))
    await store.verified()
  })
  demandSound(store)
  if (store.snapshot().earlier.size > 0) throw new Error('something is missing before what the device holds')
  return { events: events.length, cpuMs }
}

function demandSound(store: CaseStore): void {
  const { integrity, newer } = store.snapshot()
  if (integrity.kind !== 'whole' || newer) throw new Error(`the device does not trust what it got: ${JSON.stringify(integrity)}`)
}

answerCalls({ open, foldWhole })
