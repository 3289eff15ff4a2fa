// A case in session within a second or two, over HTTP and sockets: for tests that begin where an ordinary day is under way.
// The pages come in as people do, by their own link and a code; beside each of them stands a plain connection that keeps what it was sent.

import { randomBytes, randomInt } from 'node:crypto'
import { type Browser, expect, type Page } from '@playwright/test'
import { io, type Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { completeProfile } from '#server/testing/complete-profile.ts'
import { answered, type Browser as HttpDevice, browser as httpDevice } from '#server/testing/http-world.ts'
import { agreementConfirm, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseCreate, caseLook, type NewCase } from '#shared/cases/case-routes.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { blockElements, fragmentOf, textOf } from '#shared/document/yjs-document.ts'
import { encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type DraftJoinAck, type DraftJoined, type FrameAck } from '#shared/drafting/draft-wire.ts'
import { freezeRequest, readyGive } from '#shared/drafting/drafting-protocol.ts'
import { invitationCode, invitationLink, invitationList } from '#shared/identity/invitation-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { ownerSetUp, staffSignIn } from '#shared/identity/staff-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import {
  asId,
  type CaseId,
  type CommandId,
  type InvitationId,
  type ParticipantId,
  type SideId,
  type VersionId,
} from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { type Ack, type CommandAck, PROTOCOL_VERSION, type ResumeAnswer, type Seen, WIRE, type WireEvent } from '#shared/protocol/wire.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { PASSWORD } from './office.ts'
import { arrive, type PersonOptions, type Someone } from './people.ts'
import type { Platform } from './platform.ts'
import { say } from './words.ts'

const MEDIATOR = 'mediator@bitim.example'

/** Somebody at a socket without a screen. */
export interface Connection {
  readonly socket: Socket
  readonly token: string
  readonly me: ParticipantId
  /** Sends a command as this person; throws when it is refused. */
  say<Input>(command: CommandDefinition<WireName, Input>, input: Input): Promise<void>
  ask<Input>(command: CommandDefinition<WireName, Input>, input: Input, id?: CommandId): Promise<CommandAck>
  /** All that this person may read in an audience, asked for anew. */
  read(audience: Audience): Promise<readonly WireEvent[]>
  /** The draft as it stands; not stayed in. */
  joinDraft(): Promise<DraftJoined>
  /** Writes the same words into every block that is empty. */
  fillDraft(words: string): Promise<void>
}

export interface Invited {
  readonly name: string
  readonly participantId: ParticipantId
  readonly sideId: SideId
  readonly invitationId: InvitationId
  readonly link: string
  readonly connection: Connection
  code(): Promise<string>
  /** Another connection of the same person: after the server was killed. */
  reconnect(): Promise<Connection>
}

export interface QuickCase {
  readonly caseId: CaseId
  readonly staff: HttpDevice
  readonly mediator: Connection
  readonly people: readonly [Invited, Invited, ...Invited[]]
  /** Another connection of the mediator: after the server was killed. */
  reconnect(): Promise<Connection>
}

export function newId<Id extends string>(): Id {
  return asId<never>(randomBytes(16).toString('base64url')) as Id // any id of 22 characters
}

/** Socket.IO's client takes the browser's word that the connection is gone everywhere but at the name `localhost`. */
export function addressOf(platform: Platform): string {
  return platform.url.replace('//localhost', '//127.0.0.1')
}

/** The owner, set up with the link from the terminal. */
export async function quickOwner(platform: Platform): Promise<HttpDevice> {
  await expect.poll(() => platform.output()).toContain('/setup#') // printed a moment after the port is open
  const secret = /\/setup#(\S+)/.exec(platform.output())?.[1]
  if (secret === undefined) throw new Error('no owner link on the terminal')
  const staff = httpDevice(addressOf(platform))
  const session = answered(await staff.call(ownerSetUp, { secret, email: MEDIATOR, name: 'Ерлан Омаров', password: PASSWORD }))
  staff.token = session.token
  await completeProfile(staff)
  return staff
}

/** The same, where the owner was set up by hand. */
export async function quickStaff(platform: Platform): Promise<HttpDevice> {
  const staff = httpDevice(addressOf(platform))
  const session = answered(await staff.call(staffSignIn, { email: MEDIATOR, password: PASSWORD, keep: true }))
  staff.token = session.token
  return staff
}

interface CaseOptions {
  readonly admit?: boolean
  /** A third side, the carrier, beside the two. */
  readonly withThird?: boolean
}

export async function quickCase(platform: Platform, staff: HttpDevice, options: CaseOptions = {}): Promise<QuickCase> {
  const { caseId } = answered(await staff.call(caseCreate, supplyCase(options.withThird)))
  const { invitations } = answered(await staff.call(invitationList, { caseId }))
  const reconnectMediator = () => openConnection(platform, { token: staff.token ?? '', caseId })
  const mediator = await reconnectMediator()
  const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
  await mediator.say(agreementConfirm, confirmation)
  await mediator.say(sessionStart, {})
  const { facts } = answered(await staff.call(caseLook, { caseId }))
  const people: Invited[] = []
  for (const { id: participantId, name, sideId } of facts.people) {
    if (sideId === undefined) continue
    const invitation = invitations.find((each) => each.participantId === participantId)
    if (!invitation) throw new Error('nobody is without an invitation')
    const { link: made, secret } = answered(await staff.call(invitationLink, { invitationId: invitation.id }))
    const link = made.replace('//localhost', '//127.0.0.1')
    const code = async () => answered(await staff.call(invitationCode, { invitationId: invitation.id, way: 'read-out' })).code ?? ''
    const session = answered(await httpDevice(addressOf(platform)).call(joinEnter, { secret, code: await code(), keep: true }))
    const reconnect = () => openConnection(platform, { token: session.token, caseId })
    const connection = await reconnect()
    if (options.admit !== false) {
      await connection.say(agreementConfirm, confirmation)
      await mediator.say(personAdmit, { participantId, to: 'all' })
    }
    people.push({ name, participantId, sideId, invitationId: invitation.id, link, connection, code, reconnect })
  }
  const [first, second, ...more] = people
  if (!first || !second) throw new Error('a case has two people')
  return { caseId, staff, mediator, people: [first, second, ...more], reconnect: reconnectMediator }
}

/** A person's own browser, in the room: link, code, and the rooms are there. */
export async function comeIn(
  browser: Browser,
  person: Invited,
  options: PersonOptions & { notMine?: boolean; ownClock?: boolean; before?: (page: Page) => Promise<unknown> },
): Promise<Someone> {
  const someone = await arrive(browser, options)
  await options.before?.(someone.page)
  if (options.ownClock) await someone.page.clock.install()
  await enterCode(someone, person, await person.code(), options.notMine)
  await someone.page.getByRole('tab', { name: someone.say('rooms.all') }).waitFor()
  return someone
}

export async function enterCode(someone: Someone, person: Pick<Invited, 'link'>, code: string, notMine = false): Promise<void> {
  await someone.page.goto(person.link)
  await someone.sees('identity.join.title')
  await typeCode(someone, code, notMine)
}

/** The page speaks the language of the invitation once it knows it. */
export async function typeCode(someone: Someone, code: string, notMine = false): Promise<void> {
  await someone.field('identity.join.code').fill(code)
  if (notMine) await someone.page.getByLabel(say(someone.locale, 'identity.join.not-mine')).check()
  await someone.press('ui.next')
}

/** The mediator's browser: a session of its own, by the cookie that signing in would have left. */
export async function mediatorComesIn(
  browser: Browser,
  platform: Platform,
  { caseId }: QuickCase,
  before?: (page: Page) => Promise<unknown>,
): Promise<Someone> {
  const mediator = await arrive(browser, { locale: 'ru' })
  await before?.(mediator.page)
  const device = httpDevice(addressOf(platform))
  answered(await device.call(staffSignIn, { email: MEDIATOR, password: PASSWORD, keep: true }))
  const cookies = [...device.cookies.values()].map(({ name, value, path }) => ({ name, value, path, domain: '127.0.0.1' }))
  await mediator.context.addCookies(cookies.map((cookie) => ({ ...cookie, httpOnly: true, sameSite: 'Strict' as const })))
  await mediator.page.goto(`${addressOf(platform)}/room/${caseId}`)
  await mediator.page.getByRole('button', { name: mediator.say('rooms.talk-short') }).waitFor()
  return mediator
}

/** Every side is ready for the text as it stands; undefined when somebody wrote meanwhile. */
export async function allReady({ mediator, people }: QuickCase): Promise<number | undefined> {
  const { revision, generation } = await mediator.joinDraft()
  for (const { connection } of people) if (!(await connection.ask(readyGive, { generation, revision })).ok) return undefined
  return revision
}

/** Everybody is ready, and the mediator asks to close the text; false when somebody wrote meanwhile. */
export async function askToFreeze(quick: QuickCase): Promise<boolean> {
  const revision = await allReady(quick)
  return revision !== undefined && (await quick.mediator.ask(freezeRequest, { versionId: newId<VersionId>(), revision })).ok
}

export async function openConnection(platform: Platform, auth: { token: string; caseId: CaseId }): Promise<Connection> {
  const socket = io(addressOf(platform), {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { ...auth, protocol: PROTOCOL_VERSION },
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  const emit = <T>(name: string, ...args: unknown[]): Promise<T> => socket.timeout(8_000).emitWithAck(name, ...args)
  async function resume(heads: ResumeHeads): Promise<ResumeAnswer> {
    const ack = await emit<Ack<ResumeAnswer>>(WIRE.resume, { heads })
    if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
    return ack.value
  }
  async function joinDraft(clientId: number): Promise<DraftJoined> {
    const ack = await emit<DraftJoinAck>(DRAFT_WIRE.join, { documentId, epoch: 0, haveRevision: 0, generation: 0, clientId, storedIds: [] })
    if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
    return ack.value
  }
  const { me } = await resume([])
  const { id: documentId } = settlementOf(auth.caseId)
  const connection: Connection = {
    socket,
    token: auth.token,
    me,
    async ask(command, input, id = newId<CommandId>()) {
      const named = typeof input === 'object' && input !== null && 'id' in input ? { ...input, id } : input
      const audience = audienceIn(input)
      const seen = audience && (await seenOf(audience))
      return emit<CommandAck>(WIRE.command, { id, name: command.name, input: named, ...(seen ? { seen } : {}) })
    },
    async say(command, input) {
      const ack = await connection.ask(command, input)
      if (!ack.ok) throw new Error(`${command.name}: ${JSON.stringify(ack.problem)}`)
    },
    async read(audience) {
      const found = new Map<number, WireEvent>()
      const heads = new Map<Audience, ResumeHeads[number]>()
      for (;;) {
        const answer = await resume([...heads.values()])
        for (const event of answer.events) {
          heads.set(event.audience, { audience: event.audience, epoch: event.epoch, seq: event.seq })
          if (event.audience === audience) found.set(event.seq, event)
        }
        if (answer.audiences.every(({ state }) => state !== 'more')) return [...found.values()].sort((a, b) => a.seq - b.seq)
      }
    },
    async joinDraft() {
      const joined = await joinDraft(randomInt(1_000, 2 ** 31))
      socket.emit(DRAFT_WIRE.leave, { documentId })
      return joined
    },
    async fillDraft(words) {
      const doc = new Y.Doc()
      const { snapshot, updates, generation } = await joinDraft(doc.clientID)
      if (snapshot) Y.applyUpdateV2(doc, fromBase64(snapshot))
      for (const update of updates) Y.applyUpdate(doc, fromBase64(update))
      const before = Y.encodeStateVector(doc)
      doc.transact(() => {
        for (const block of blockElements(fragmentOf(doc, 'ru'))) {
          const text = textOf(block)
          if (text?.length === 0) text.insert(0, words)
        }
      })
      const ack = await emit<FrameAck>(
        DRAFT_WIRE.frame,
        encodeEdit({ documentId, kind: 'edit', generation, update: Y.encodeStateAsUpdate(doc, before) }),
      )
      if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
      socket.emit(DRAFT_WIRE.leave, { documentId })
    },
  }
  async function seenOf(audience: Audience): Promise<Seen | undefined> {
    const last = (await connection.read(audience)).at(-1)
    return last && { audience, epoch: last.epoch, seq: last.seq, hash: last.hash }
  }
  return connection
}

type ResumeHeads = { audience: Audience; epoch: number; seq: number }[]

function audienceIn(input: unknown): Audience | undefined {
  return typeof input === 'object' && input !== null && 'audience' in input ? (input.audience as Audience) : undefined // only messages name one
}

function supplyCase(withThird = false): NewCase {
  const person = (name: string, phone: string) => ({ name, role: 'party' as const, language: 'ru' as const, phone })
  return {
    title: 'Береке — Дала Жем',
    category: 'supply',
    subject: 'Оплата и срок поставки по договору № 14',
    voice: 'phone',
    draftLanguage: 'ru',
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    sides: [
      { kind: 'organisation', name: 'КХ «Береке»', people: [person('Айгүл Серік', '+77010004112')] },
      { kind: 'organisation', name: 'ТОО «Дала Жем»', people: [person('Павел Ким', '+77050002345')] },
      ...(withThird ? [{ kind: 'organisation' as const, name: 'ИП Сәуле', people: [person('Сәуле Қасым', '+77070003456')] }] : []),
    ],
  }
}

/** As fast as one person may speak. */
export async function sayMany({ socket, read }: Connection, texts: readonly string[]): Promise<void> {
  const last = (await read('all')).at(-1)
  const seen = { audience: 'all', epoch: last?.epoch ?? 0, seq: last?.seq ?? 0, hash: last?.hash ?? '' }
  const say = async (text: string): Promise<boolean> => {
    const id = newId()
    const envelope = { id, name: messagePost.name, input: { audience: 'all', id, text }, seen }
    const ack: CommandAck = await socket.timeout(10_000).emitWithAck(WIRE.command, envelope)
    if (!ack.ok && ack.problem.kind !== 'too-many') throw new Error(JSON.stringify(ack.problem))
    return ack.ok
  }
  for (const text of texts) if (!(await say(text))) await expect.poll(() => say(text), { timeout: 60_000 }).toBe(true)
}

/** What was said in an audience, in its order. */
export function textsOf(events: readonly WireEvent[]): readonly string[] {
  return events.flatMap(({ type, body }) => (type === 'message:posted' ? [String(JSON.parse(body ?? '{}').text)] : []))
}
