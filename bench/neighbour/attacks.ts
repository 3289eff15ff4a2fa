// What an admitted party, or everybody of one case together, can do to the server by honest means used without measure.

import { randomBytes } from 'node:crypto'
import * as Y from 'yjs'
import { settlementOf } from '#shared/document/case-documents.ts'
import { block } from '#shared/document/document-block.ts'
import { blockElement, blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type DraftJoinAck, type FrameAck } from '#shared/drafting/draft-wire.ts'
import { freezeRequest, readyGive } from '#shared/drafting/drafting-protocol.ts'
import { asId, type CaseId, type DocumentId } from '#shared/kernel/ids.ts'
import { type CommandAck, PROTOCOL_VERSION, type ResumeAnswer, WIRE } from '#shared/protocol/wire.ts'
import { versionReopen } from '#shared/signing/signing-protocol.ts'
import { LightSocket } from '../lib/light-socket.ts'
import { pause } from '../lib/measure.ts'
import type { SeededSession } from '../platform/seeded.ts'

export const ATTACKS = ['nothing', 'paper', 'files', 'freeze', 'paste', 'resume', 'flood', 'type', 'reconnect'] as const
export type AttackName = (typeof ATTACKS)[number]

export interface AttackTarget {
  readonly url: string
  /** Of one case; the mediator first. */
  readonly sessions: readonly SeededSession[]
}

export interface Done {
  /** Answered as asked. */
  served: number
  refused: number
}

/** `ready` is told when the attack itself begins. */
type Attack = (target: AttackTarget, until: () => boolean, done: Done, ready: () => void) => Promise<void>

const CONNECTIONS = 8
/** Of the text that is frozen: the canonical text may have 120,000. */
const TEXT_UNITS = 110_000
const SENTENCE = 'Покупатель выплачивает поставщику остаток долга двумя равными частями в срок, указанный в пункте выше. '
const LONG_PARAGRAPH = SENTENCE.repeat(20)

export const attacks: Readonly<Record<AttackName, Attack>> = {
  nothing: async (_field, until, _done, ready) => {
    ready()
    while (!until()) await pause(20)
  },
  paper: (target, ...rest) => fetchInTurn(target, ['paper.pdf'], ...rest),
  files: (target, ...rest) => fetchInTurn(target, ['agreement.pdf', 'agreement.txt', 'bundle.zip'], ...rest),
  freeze,
  paste,
  resume,
  flood,
  type,
  reconnect,
}

/** For each connection: when it was ended, by the server as a rule. */
const ends = new WeakMap<LightSocket, Promise<undefined>>()

async function open({ url }: AttackTarget, { token, caseId }: SeededSession): Promise<LightSocket> {
  const socket = await LightSocket.open({ url, auth: { token, caseId, protocol: PROTOCOL_VERSION } })
  ends.set(
    socket,
    new Promise((resolve) => {
      socket.onClose = () => resolve(undefined)
    }),
  )
  return socket
}

/** Undefined: the connection was ended and nobody will answer. */
function ask<Answer>(socket: LightSocket, name: string, payload: unknown): Promise<Answer | undefined> {
  return Promise.race([socket.ask<Answer>(name, payload), ends.get(socket)])
}

/** Again and again until it works or time is up; whoever was thrown out comes back. */
async function comeIn<T>(enter: () => Promise<T>, until: () => boolean): Promise<T | undefined> {
  while (!until()) {
    const come = await enter().catch(() => undefined)
    if (come) return come
    await pause(50)
  }
  return undefined
}

async function fetchInTurn(
  { url, sessions }: AttackTarget,
  names: readonly string[],
  ...[until, done, ready]: [() => boolean, Done, () => void]
): Promise<void> {
  const { versionId } = (await frozen({ url, sessions })) ?? {}
  if (!versionId) throw new Error('no version was frozen')
  ready()
  const connections = sessions.flatMap((session) => Array.from({ length: CONNECTIONS }, () => session))
  await Promise.all(
    connections.map(async ({ caseId, token }, nth) => {
      for (let i = nth; !until(); i++) {
        const path = `/api/cases/${caseId}/versions/${versionId}/${names[i % names.length]}`
        const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
        await answer.arrayBuffer()
        count(done, answer.ok)
      }
    }),
  )
}

/** One version of a long text, frozen again and again: canonical text, PDF and paper copy each time. */
async function freeze(target: AttackTarget, until: () => boolean, done: Done, ready: () => void): Promise<void> {
  ready()
  while (!until()) {
    const version = await frozen(target).catch(() => undefined)
    count(done, version !== undefined)
    await version?.reopen().catch(() => undefined)
  }
}

/** 256 kB, gone, and again, by both parties at once. */
async function paste(target: AttackTarget, until: () => boolean, done: Done, ready: () => void): Promise<void> {
  ready()
  await Promise.all(
    target.sessions.slice(1).map(async (session) => {
      while (!until()) {
        const writer = await comeIn(() => openWriter(target, session), until)
        while (writer && !until() && !writer.closed()) {
          count(done, await writer.write((root) => root.insert(0, paragraphs(TEXT_UNITS))))
          count(done, await writer.write((root) => root.delete(0, root.length - 1)))
        }
        writer?.socket.drop()
      }
    }),
  )
}

/** Everything from the beginning, on many connections. */
async function resume(target: AttackTarget, until: () => boolean, done: Done, ready: () => void): Promise<void> {
  ready()
  const connections = target.sessions.flatMap((session) => Array.from({ length: CONNECTIONS }, () => session))
  await Promise.all(
    connections.map(async (session) => {
      while (!until()) {
        const socket = await comeIn(() => open(target, session), until)
        for (let open = socket !== undefined; socket && open && !until(); ) {
          const answer = await ask<{ ok: boolean }>(socket, WIRE.resume, { heads: [] })
          open = answer !== undefined
          count(done, answer?.ok === true)
        }
        socket?.drop()
      }
    }),
  )
}

/** Commands, frames and carets as fast as connections take them. */
async function flood(target: AttackTarget, until: () => boolean, done: Done, ready: () => void): Promise<void> {
  ready()
  const connections = target.sessions.flatMap((session) => Array.from({ length: CONNECTIONS }, () => session))
  await Promise.all(
    connections.map(async (session) => {
      const documentId = settlementIn(session)
      const caret = { documentId, anchor: 'AQIDBA==', head: 'AQIDBA==' }
      const edit = encodeEdit({ documentId, kind: 'edit', generation: 1, update: Uint8Array.of(0) })
      let socket = await openWriter(target, session).catch(() => undefined)
      const seen = socket && lastSeen(await ask(socket.socket, WIRE.resume, { heads: [] }))
      while (!until()) {
        for (let i = 0; i < 20; i++) {
          socket?.socket.emit(DRAFT_WIRE.caret, caret)
          socket?.socket.emit(DRAFT_WIRE.frame, edit, (json) => count(done, json.startsWith('[{"ok":true')))
          socket?.socket.emit(
            'command',
            { id: newId(), name: 'message:post', input: { audience: 'all', id: newId(), text: 'а' }, seen },
            (json) => count(done, json.startsWith('[{"ok":true')),
          )
        }
        await pause(15)
        if (socket?.closed()) socket = await openWriter(target, session).catch(() => undefined)
      }
      socket?.socket.drop()
    }),
  )
}

/** Letter after letter on every connection, each told to all others, as fast as they are taken. */
async function type(target: AttackTarget, until: () => boolean, done: Done, ready: () => void): Promise<void> {
  ready()
  const connections = target.sessions.flatMap((session) => Array.from({ length: CONNECTIONS }, () => session))
  await Promise.all(
    connections.map(async (session) => {
      while (!until()) {
        const writer = await comeIn(() => openWriter(target, session), until)
        const paragraph = blockElement(block(newId(), 'paragraph', 0))
        if (writer) count(done, await writer.write((root) => root.insert(0, [paragraph])))
        while (writer && !until() && !writer.closed())
          count(
            done,
            await writer.write(() => {
              const words = textOf(paragraph)
              words?.insert(words.length, 'а')
            }),
          )
        writer?.socket.drop()
      }
    }),
  )
}

/** What whoever speaks in the joint session says that they have read. */
export function lastSeen(answer: { readonly value?: ResumeAnswer } | undefined) {
  const last = answer?.value?.events.findLast((event) => event.audience === 'all')
  return last && { audience: 'all', epoch: last.epoch, seq: last.seq, hash: last.hash }
}

/** In and out, each time with a look at everything. */
async function reconnect(target: AttackTarget, until: () => boolean, done: Done, ready: () => void): Promise<void> {
  ready()
  const connections = target.sessions.flatMap((session) => Array.from({ length: CONNECTIONS }, () => session))
  await Promise.all(
    connections.map(async (session) => {
      while (!until()) {
        const socket = await open(target, session).catch(() => undefined)
        count(done, socket !== undefined)
        socket?.emit(WIRE.resume, { heads: [] })
        socket?.drop()
        if (!socket) await pause(5)
      }
    }),
  )
}

/** Freezes a long text as the people of a case do; undefined when it was refused or cancelled. */
async function frozen(target: AttackTarget): Promise<{ readonly versionId: string; reopen(): Promise<void> } | undefined> {
  const [mediatorSession, ...partySessions] = target.sessions
  if (!mediatorSession) throw new Error('no mediator')
  const [mediator, writer] = await Promise.all([open(target, mediatorSession), openWriter(target, partySessions[0] ?? mediatorSession)])
  const parties = await Promise.all(partySessions.map((session) => open(target, session)))
  try {
    const before = await latestVersion(mediator)
    const written = await writer.write((root) => {
      // What an agreement has to hold stays; the long text behind it is another one each time.
      const blocks = blockElements(root)
      const long = blocks.findIndex((element) => textOf(element)?.toString() === LONG_PARAGRAPH)
      if (long >= 0) root.delete(long, root.length - long)
      for (const element of blocks) if (textOf(element)?.length === 0) textOf(element)?.insert(0, 'Условие согласовано.')
      root.insert(root.length, paragraphs(TEXT_UNITS))
    })
    if (!written) return undefined
    const { revision, generation } = writer.place()
    for (const party of parties) await command(party, readyGive.name, { revision, generation })
    const versionId = newId()
    if (!(await command(mediator, freezeRequest.name, { versionId, revision })).ok) return undefined
    for (let tries = 0; tries < 1_000; tries++) {
      await pause(20)
      const latest = await latestVersion(mediator)
      if (latest === before) continue
      if (latest !== versionId) return undefined
      const reopen = async () => {
        const again = await open(target, mediatorSession)
        await command(again, versionReopen.name, { versionId, reason: 'ещё раз' })
        again.drop()
      }
      return { versionId, reopen }
    }
    return undefined
  } finally {
    for (const socket of [mediator, writer.socket, ...parties]) socket.drop()
  }
}

/** The last version that was frozen, or the last freezing that was cancelled. */
async function latestVersion(socket: LightSocket): Promise<string | undefined> {
  let latest: string | undefined
  const heads = new Map<string, { audience: string; epoch: number; seq: number }>()
  for (;;) {
    const answer = await ask<{ value?: ResumeAnswer }>(socket, WIRE.resume, { heads: [...heads.values()] })
    if (!answer?.value) throw new Error('nobody answers')
    const { value } = answer
    for (const { audience, epoch, seq, type, body } of value.events) {
      heads.set(audience, { audience, epoch, seq })
      if (type === 'version:frozen' || type === 'draft:freeze-cancelled')
        latest = `${type === 'version:frozen' ? '' : 'cancelled '}${JSON.parse(body ?? '{}').versionId}`
    }
    if (!value.audiences.some(({ state }) => state === 'more')) return latest
  }
}

async function command(socket: LightSocket, name: string, input: unknown): Promise<{ readonly ok: boolean }> {
  return (await ask<CommandAck>(socket, WIRE.command, { id: newId(), name, input })) ?? { ok: false }
}

/** A device that writes in the draft. */
async function openWriter(target: AttackTarget, session: SeededSession) {
  const socket = await open(target, session)
  let closed = false
  void ends.get(socket)?.then(() => {
    closed = true
  })
  const doc = new Y.Doc()
  const documentId = settlementIn(session)
  const nothing = { documentId, epoch: 0, haveRevision: 0, generation: 0, storedIds: [] }
  const joined = await ask<DraftJoinAck>(socket, DRAFT_WIRE.join, { ...nothing, clientId: doc.clientID })
  if (!joined?.ok) throw new Error(JSON.stringify(joined?.problem ?? 'nobody answers'))
  const { generation, snapshot, updates } = joined.value
  let { revision } = joined.value
  if (snapshot) Y.applyUpdateV2(doc, Buffer.from(snapshot, 'base64'))
  for (const update of updates) Y.applyUpdate(doc, Buffer.from(update, 'base64'))
  return {
    socket,
    closed: () => closed,
    place: () => ({ revision, generation }),
    /** What is refused is written again with the next. */
    async write(change: (root: Y.XmlFragment) => void): Promise<boolean> {
      const before = Y.encodeStateVector(doc)
      doc.transact(() => change(fragmentOf(doc, 'ru')))
      const update = Y.encodeStateAsUpdate(doc, before)
      const ack = await ask<FrameAck>(socket, DRAFT_WIRE.frame, encodeEdit({ documentId, kind: 'edit', generation, update }))
      if (ack?.ok) revision = ack.value
      return ack?.ok === true
    },
  }
}

function paragraphs(units: number): Y.XmlElement[] {
  return Array.from({ length: Math.floor(units / LONG_PARAGRAPH.length) }, () =>
    blockElement(block(newId(), 'paragraph', 0, LONG_PARAGRAPH)),
  )
}

function settlementIn({ caseId }: SeededSession): DocumentId {
  return settlementOf(asId<CaseId>(caseId)).id
}

function count(done: Done, ok: boolean): void {
  if (ok) done.served++
  else done.refused++
}

function newId(): string {
  return randomBytes(16).toString('base64url')
}
