// The whole platform as one starts it, on a storage and a port of its own: real HTTP, real sign-in, real links and codes, real sockets.
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { compose, type Platform } from '#server/compose.ts'
import { envToConfig } from '#server/config/config.ts'
import { createLog } from '#server/http/log.ts'
import type { Installation } from '#server/installation.ts'
import { openData } from '#server/open-data.ts'
import { makeAuthority, makeSealingKey, openAuthority, openSealingKey } from '#server/signing/authority/authority.ts'
import type { Storage } from '#server/storage/ports.ts'
import { realSystem } from '#server/system.ts'
import { caseCreate, type NewCase } from '#shared/cases/case-routes.ts'
import { invitationCode, invitationLink, invitationList } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, type PersonSession } from '#shared/identity/join-protocol.ts'
import { mediatorAccept, mediatorInvite, ownerSetUp } from '#shared/identity/staff-protocol.ts'
import type { CaseId, InvitationId } from '#shared/kernel/ids.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/wire.ts'
import { type TwoOrMore, twoOrMore } from './case-world.ts'
import { completeProfile } from './complete-profile.ts'
import { answered, type Browser, browser } from './http-world.ts'
import { type MovingTimers, movingTimers } from './moving-timers.ts'
import { memoryStorage } from './storage.ts'

export const PASSWORD = 'correct horse battery'

export interface PlatformWorld {
  readonly url: string
  readonly platform: Platform
  readonly installation: Installation
  /** Lines of the server's log. */
  readonly journal: readonly string[]
  readonly clock: MovingClock
  readonly timers: MovingTimers
  browser(): Browser
  /** An `auth` that names a protocol goes out just as it is. */
  connect(auth: { token: string; caseId: string; protocol?: number }, headers?: Record<string, string>): Socket
  /** Stops the platform; the storage stays open for the next one. */
  stop(): Promise<void>
  /** Stops and closes the storage too. */
  close(): Promise<void>
}

/** The real clock, moved. */
interface MovingClock {
  now(): number
  elapsed(): number
  /** Time passes. */
  shift(milliseconds: number): void
  /** The clock is set; no time passes. */
  jump(milliseconds: number): void
  /** No time passes until what it answers is called: what is counted by time does not depend on how fast this machine is. */
  hold(): () => void
}

interface PlatformOptions {
  readonly storage?: Storage
  /** Of the platform that ran here before, to start again or to start a second one beside it. */
  readonly installation?: Installation
  readonly env?: Readonly<Record<string, string>>
  /** Keeps the port of the one before. */
  readonly port?: number
  readonly clock?: MovingClock
}

export function movingClock(): MovingClock {
  let moved = 0
  let jumped = 0
  let held: { readonly wall: number; readonly watch: number } | undefined
  const real = () => held ?? { wall: Date.now(), watch: performance.now() }
  return {
    now: () => real().wall + moved + jumped,
    elapsed: () => real().watch + moved,
    shift(milliseconds) {
      moved += milliseconds
    },
    jump(milliseconds) {
      jumped += milliseconds
    },
    hold() {
      held = real()
      return () => {
        held = undefined
      }
    },
  }
}

let stored: { authority: Awaited<ReturnType<typeof makeAuthority>>; sealing: Awaited<ReturnType<typeof makeSealingKey>> } | undefined

async function testInstallation(storage: Storage): Promise<Installation> {
  const { clock, entropy } = realSystem()
  const making = { clock, entropy, name: 'test' }
  if (!stored) {
    const made = await makeAuthority(making)
    stored = { authority: made, sealing: await makeSealingKey(await openAuthority(made), making) }
  }
  const { authority, sealing } = stored
  const masterKey = new Uint8Array(32).fill(7)
  const isNew = (await storage.records.get('installation', 'epoch')) === undefined
  const { demandAsNew, goOn } = await openData({ storage, masterKey, clock, entropy, isAlone: false, isNew })
  await demandAsNew()
  return {
    ...(await goOn()),
    storage: { ...storage, close: async () => undefined },
    secrets: {
      masterKey,
      tokenKey: new Uint8Array(32).fill(9),
      authorityKey: JSON.stringify(authority),
      sealingKey: JSON.stringify(sealing),
    },
    authority: await openAuthority(authority),
    sealing: await openSealingKey(sealing),
  }
}

export async function platformWorld(options: PlatformOptions = {}): Promise<PlatformWorld> {
  const storage = options.storage ?? memoryStorage()
  const installation = options.installation ?? (await testInstallation(storage))
  const checked = envToConfig({ PORT: String(options.port ?? 0), LOG_LEVEL: 'debug', ...options.env })
  if (!checked.ok) throw new Error(checked.faults.join('; '))
  const journal: string[] = []
  const clock = options.clock ?? movingClock()
  const timers = movingTimers()
  const platform = compose({
    config: checked.value,
    installation,
    system: { ...realSystem(), clock, stopwatch: clock, timers },
    journal: createLog({ level: 'debug', write: (line) => void journal.push(line) }),
    clientFolder: undefined,
  })
  await platform.listen()
  const { port } = platform.http.address() as AddressInfo // listening on TCP
  const url = `http://127.0.0.1:${port}`
  const sockets: Socket[] = []
  let running = true
  async function stop(): Promise<void> {
    if (!running) return
    running = false
    await platform.close()
    platform.http.closeAllConnections()
    for (const socket of sockets) socket.disconnect()
  }
  return {
    url,
    platform,
    installation,
    journal,
    clock,
    timers,
    browser: () => browser(url),
    connect(auth, headers = {}) {
      const { token, caseId } = auth
      const socket = io(url, {
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        auth: 'protocol' in auth ? auth : { token, caseId, protocol: PROTOCOL_VERSION },
        extraHeaders: headers,
      })
      sockets.push(socket)
      return socket
    },
    stop,
    async close() {
      await stop()
      await storage.close()
    },
  }
}

export async function setUpOwner(world: PlatformWorld): Promise<Browser> {
  const device = world.browser()
  const secret = (await world.platform.identity.ownerLink())?.split('#')[1] ?? ''
  const { token } = answered(await device.call(ownerSetUp, { secret, email: 'owner@example.kz', name: 'Ерлан Омаров', password: PASSWORD }))
  device.token = token
  await completeProfile(device)
  return device
}

export async function addMediator(world: PlatformWorld, owner: Browser, name = 'Гүлнар Ахметова'): Promise<Browser> {
  const device = world.browser()
  const { link } = answered(await owner.call(mediatorInvite, { role: 'mediator' }))
  const secret = link.split('#')[1] ?? ''
  const email = `m${Date.now()}${Math.round(Math.random() * 1e9)}@example.kz`
  const { token } = answered(await device.call(mediatorAccept, { secret, email, name, password: PASSWORD }))
  device.token = token
  await completeProfile(device)
  return device
}

export function newCase(mark = ''): NewCase {
  const person = (name: string, phone: string) => ({
    name: `${name}${mark}`,
    role: 'party' as const,
    language: 'ru' as const,
    phone,
    email: 'a@example.kz',
  })
  return {
    title: `Береке — Дала Жем${mark}`,
    category: 'supply',
    subject: `Оплата по договору поставки № 14${mark}`,
    voice: 'phone',
    draftLanguage: 'ru',
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    sides: [
      { kind: 'organisation', name: `Береке${mark}`, people: [person('Айгүл Серік', '+77010004112')] },
      { kind: 'organisation', name: `Дала Жем${mark}`, people: [person('Павел Ким', '+77050002345')] },
    ],
  }
}

export interface Joined {
  readonly browser: Browser
  readonly session: PersonSession
  readonly secret: string
  readonly invitationId: InvitationId
}

export interface OpenCase {
  readonly caseId: CaseId
  readonly staff: Browser
  /** The token of the case's mediator, as their browser holds it now. */
  readonly mediator: { readonly token: string; readonly caseId: CaseId }
  /** In the order in which they were entered. */
  readonly people: TwoOrMore<Joined>
}

export async function linkAndCode(staff: Browser, invitationId: InvitationId): Promise<{ secret: string; code: string }> {
  const { secret } = answered(await staff.call(invitationLink, { invitationId }))
  const { code } = answered(await staff.call(invitationCode, { invitationId, way: 'read-out' }))
  return { secret, code: code ?? '' }
}

/** Opens a case over HTTP, invites its people; each of them enters with link and code on a browser of their own. */
export async function openCase(world: PlatformWorld, staff: Browser, input: NewCase = newCase()): Promise<OpenCase> {
  const { caseId } = answered(await staff.call(caseCreate, input))
  const { invitations } = answered(await staff.call(invitationList, { caseId }))
  const people: Joined[] = []
  for (const { id: invitationId } of invitations) {
    const { secret, code } = await linkAndCode(staff, invitationId)
    const device = world.browser()
    const session = answered(await device.call(joinEnter, { secret, code, keep: true }))
    device.token = session.token
    people.push({ browser: device, session, secret, invitationId })
  }
  const loaded = (await world.platform.log.state(caseId)).audiences.get('case')
  const order = JSON.stringify(loaded?.slices ?? {})
  people.sort((a, b) => order.indexOf(a.session.participantId) - order.indexOf(b.session.participantId))
  return { caseId, staff, mediator: { token: staff.token ?? '', caseId }, people: twoOrMore(people) }
}
