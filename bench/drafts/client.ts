// The client process of the drafts bench: writers and readers of documents, ours or a peer's.
import { join } from 'node:path'
import type * as Yjs from 'yjs'
import { fragmentName } from '#shared/document/document-grammar.ts'
import { answerCalls, mark } from '../lib/client-process.ts'
import { pause, quantile } from '../lib/measure.ts'
import { bench } from '../lib/paths.ts'
import type { SeededSession } from '../platform/seeded.ts'
import { type Adapter, type Kind, type OpenDocument, PEER_SERVERS } from './adapter.ts'
import { adapter as platform } from './platform-adapter.ts'
import { applyPatches, readTrace, type Trace } from './trace.ts'

interface InitInput {
  readonly kind: Kind
  readonly url: string
  readonly sessions: readonly (readonly SeededSession[])[]
  /** Where documents that belong to this run are told from others. */
  readonly prefix: string
}
interface TypingInput {
  readonly documents: number
  readonly writers: number
  readonly readers: number
  readonly keysPerSecond: number
  readonly warmUpMs: number
  readonly ms: number
}
export interface Typed {
  readonly updates: number
  readonly undelivered: number
  readonly latency50: number
  readonly latency99: number
}
interface ReplayInput {
  readonly trace: 'sveltecomponent' | 'friendsforever'
  readonly readers: number
  readonly limit?: number
  /** Edits made in one turn of the event loop. */
  readonly batch: number
}
export interface Replayed {
  readonly edits: number
  readonly seconds: number
  readonly same: boolean
  readonly length: number
}

/** A list of blocks, as the platform judges by; peers take any name. */
const FIELD = fragmentName('ru')
/** The author of the recorded text where it is put into many documents as one edit. */
const AUTHOR = 777_777
const NOBODY: SeededSession = { caseId: '', participantId: '', token: '', secret: '' }

let adapter: Adapter = platform
let setting: InitInput = { kind: 'platform', url: '', sessions: [], prefix: '' }
let open: OpenDocument[] = []
const traces = new Map<string, Trace>()

function trace(name: ReplayInput['trace']): Trace {
  const known = traces.get(name) ?? readTrace(adapter.Y, name)
  traces.set(name, known)
  return known
}

async function init(input: InitInput): Promise<void> {
  setting = input
  if (input.kind === 'platform') return
  const peer: { adapter: Adapter } = await import(join(bench, 'peers', PEER_SERVERS[input.kind].folder, 'adapter.mjs'))
  adapter = peer.adapter
}

async function openDocument(at: number, person: number, clientId?: number): Promise<OpenDocument> {
  const { url, sessions, prefix } = setting
  const session = sessions[at]?.[person] ?? NOBODY
  const document = await adapter.open({ url, name: `${prefix}${at}`, session, ...(clientId === undefined ? {} : { clientId }) })
  open.push(document)
  return document
}

/** A paragraph of one's own at the end, as an editor makes it; by the adapter's own copy of Yjs. */
function ownParagraph(doc: Yjs.Doc): Yjs.XmlText {
  const { XmlElement, XmlText } = adapter.Y
  const paragraph = new XmlElement('block')
  const text = new XmlText()
  doc.transact(() => {
    paragraph.setAttribute('id', `own-${doc.clientID}`)
    paragraph.setAttribute('kind', 'paragraph')
    paragraph.insert(0, [text])
    const fragment = doc.getXmlFragment(FIELD)
    fragment.insert(fragment.length, [paragraph])
  })
  return text
}

function clockOf(doc: Yjs.Doc, client: number): number {
  return adapter.Y.getState(doc.store, client)
}

async function typing(input: TypingInput): Promise<Typed> {
  const { edits } = trace('sveltecomponent')
  const flows: { doc: Yjs.Doc; text: Yjs.XmlText; next: number; at: number; waiting: { clock: number; sentAt: number }[][] }[] = []
  const latencies: number[] = []
  let measuring = false
  await inTurns(input.documents, 10, async (at) => {
    const writers: OpenDocument[] = []
    for (let i = 0; i < input.writers; i++) writers.push(await openDocument(at, i))
    const readers: OpenDocument[] = []
    for (let i = 0; i < input.readers; i++) readers.push(await openDocument(at, input.writers + i))
    for (const { ydoc: doc } of writers) {
      const waiting: { clock: number; sentAt: number }[][] = readers.map(() => [])
      flows.push({ doc, text: ownParagraph(doc), next: 0, at: 0, waiting })
      for (const [i, { ydoc: reader }] of readers.entries()) {
        reader.on('update', () => {
          const clock = clockOf(reader, doc.clientID)
          const queue = waiting[i] ?? []
          for (let first = queue[0]; first && first.clock <= clock; first = queue[0]) {
            queue.shift()
            if (measuring) latencies.push(performance.now() - first.sentAt)
          }
        })
      }
    }
  })
  await pause(1000)
  const gap = 1000 / input.keysPerSecond
  const start = performance.now()
  for (const [i, flow] of flows.entries()) flow.next = start + (i * gap) / flows.length
  let updates = 0
  for (let now = start; now < start + input.warmUpMs + input.ms; now = performance.now()) {
    if (!measuring && now >= start + input.warmUpMs) {
      measuring = true
      mark('start')
    }
    for (const flow of flows) {
      if (now < flow.next) continue
      flow.next += gap
      const before = clockOf(flow.doc, flow.doc.clientID)
      const sentAt = performance.now()
      flow.doc.transact(() => applyPatches(flow.text, edits[flow.at++ % edits.length] ?? []))
      if (measuring) updates++
      const clock = clockOf(flow.doc, flow.doc.clientID)
      if (clock > before) for (const queue of flow.waiting) queue.push({ clock, sentAt })
    }
    await pause(1)
  }
  mark('end')
  measuring = false
  await until(() => flows.every((flow) => flow.waiting.every((queue) => queue.length === 0)), 5000)
  const undelivered = flows.reduce((sum, flow) => sum + flow.waiting.reduce((count, queue) => count + queue.length, 0), 0)
  return { updates, undelivered, latency50: quantile(latencies, 0.5), latency99: quantile(latencies, 0.99) }
}

/** One writer types a whole recorded session as fast as its connection takes it; over when every reader has all of it. */
async function replay({ trace: name, readers, limit, batch }: ReplayInput): Promise<Replayed> {
  const { edits: all, text: whole } = trace(name)
  const edits = all.slice(0, limit)
  const writer = await openDocument(0, 0)
  const others: OpenDocument[] = []
  for (let i = 0; i < readers; i++) others.push(await openDocument(0, 1 + i))
  const text = ownParagraph(writer.ydoc)
  await pause(500)
  mark('start')
  const start = performance.now()
  for (let at = 0; at < edits.length; ) {
    for (let i = 0; i < batch && at < edits.length; i++, at++) writer.ydoc.transact(() => applyPatches(text, edits[at] ?? []))
    await new Promise((resolve) => setImmediate(resolve))
    while (writer.backlog() > 200_000) await pause(1)
  }
  const { clientID } = writer.ydoc
  const goal = clockOf(writer.ydoc, clientID)
  await until(() => writer.saved() && others.every(({ ydoc }) => clockOf(ydoc, clientID) >= goal), 120_000)
  mark('end')
  const seconds = (performance.now() - start) / 1000
  const mine = contentOf(writer.ydoc)
  const same = others.every(({ ydoc }) => contentOf(ydoc) === mine) && (limit !== undefined || text.toString() === whole)
  return { edits: edits.length, seconds, same, length: mine.length }
}

/** Puts the recorded text into documents `from` to `to`, one client each, which stays. */
async function fill({ from, to }: { from: number; to: number }): Promise<void> {
  const { edits } = trace('friendsforever')
  const made = new adapter.Y.Doc()
  made.clientID = AUTHOR
  const text = ownParagraph(made)
  for (const patches of edits) made.transact(() => applyPatches(text, patches))
  const update = adapter.Y.encodeStateAsUpdate(made)
  await inTurns(to - from, 10, async (at) => {
    const document = await openDocument(from + at, 0, AUTHOR)
    adapter.Y.applyUpdate(document.ydoc, update)
    await until(() => document.saved(), 60_000)
    document.ydoc.destroy() // only the server's memory is measured; the connection stays
  })
}

/** From knocking to having the whole text. */
async function timeToOpen({ at, person, length }: { at: number; person: number; length: number }): Promise<number> {
  const start = performance.now()
  const document = await openDocument(at, person)
  await until(() => contentOf(document.ydoc).length >= length, 30_000)
  const took = performance.now() - start
  document.close()
  return took
}

/** What a new client finds: how many of the author's clocks, how much text. */
async function look({ at, person, waitMs }: { at: number; person: number; waitMs: number }): Promise<{ clocks: number; length: number }> {
  const document = await openDocument(at, person)
  await pause(waitMs)
  return { clocks: clocksOf(document.ydoc), length: contentOf(document.ydoc).length }
}

function held(): { clocks: number; length: number } {
  const doc = open[0]?.ydoc
  if (!doc) return { clocks: 0, length: 0 }
  return { clocks: clocksOf(doc), length: contentOf(doc).length }
}

/** The most that any reader of the document has; the writer's own edits are on their way. */
function passedOn(): { clocks: number } {
  const [, ...readers] = open
  return { clocks: Math.max(0, ...readers.map(({ ydoc }) => clocksOf(ydoc))) }
}

function clocksOf(doc: Yjs.Doc): number {
  let clocks = 0
  for (const client of doc.store.clients.keys()) clocks += clockOf(doc, client)
  return clocks
}

async function leaveAll(): Promise<void> {
  for (const document of open) document.close()
  open = []
  await pause(200)
}

/** The text of all paragraphs; tags would hide nothing but cost time. */
function contentOf(doc: Yjs.Doc): string {
  return doc.getXmlFragment(FIELD).toString()
}

async function inTurns(count: number, width: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let at = next++; at < count; at = next++) await work(at)
    }),
  )
}

async function until(met: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs
  while (!met() && performance.now() < end) await pause(2)
}

answerCalls({ init, typing, replay, fill, timeToOpen, look, held, passedOn, leaveAll })
