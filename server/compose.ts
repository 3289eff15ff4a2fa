// The composition root: builds every store and service once, and hands each function the narrow things that it needs. The only server file that knows everybody.
import { webcrypto } from 'node:crypto'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { actorOf } from '#server/cases/actor-of.ts'
import { makeCaseRecords } from '#server/cases/case-records.ts'
import { caseRoutes } from '#server/cases/case-routes.ts'
import { endRemoved } from '#server/cases/end-removed.ts'
import { type Invited, makeOpenCase } from '#server/cases/open-case.ts'
import { peopleRoutes } from '#server/cases/people-routes.ts'
import type { Config } from '#server/config/config.ts'
import { addressOf } from '#server/http/address.ts'
import { createHttpApp } from '#server/http/create-http-app.ts'
import { createHealth } from '#server/http/health.ts'
import { createLimits } from '#server/http/limits.ts'
import { errorForLog, type Log } from '#server/http/log.ts'
import { isOwnOrigin } from '#server/http/origin.ts'
import { createIdentity, type Identity } from '#server/identity/create-identity.ts'
import { createSink, sinkAllowed } from '#server/identity/delivery/sink.ts'
import { createSmtpSender } from '#server/identity/delivery/smtp-sender.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import { type CaseLog, makeCaseLog } from '#server/log/case-log.ts'
import { makeFacts } from '#server/log/facts.ts'
import { bodyStoresOf, makeForgetting } from '#server/log/forgetting.ts'
import { QUOTA, scaledQuota } from '#server/log/quota.ts'
import { makeSubscribers } from '#server/log/subscribers.ts'
import { messageFacts } from '#server/messaging/message-facts.ts'
import { makeSocketServer, type SocketServer } from '#server/realtime/socket-server.ts'
import { presenceRules } from '#server/rooms/presence-rules.ts'
import { makeTimedGrants } from '#server/rooms/timed-grants.ts'
import { makeSigning } from '#server/signing/make-signing.ts'
import { openPrinting } from '#server/signing/printing.ts'
import { watchDrafts } from '#server/storage/checkpoint/watch-drafts.ts'
import type { RecordStore } from '#server/storage/ports.ts'
import { unlessClosing } from '#server/workers/task.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { isTimed, readersBy } from '#shared/rooms/room-state.ts'
import { RULES } from '#shared/rules.ts'
import { SERVER_EVENTS, SERVER_FOLDS } from '#shared/server-catalogue.ts'
import { composeDrafting } from './compose-drafting.ts'
import type { Installation } from './installation.ts'
import { openWorkers } from './open-workers.ts'
import type { System } from './system.ts'

/** How soon what another server has stored is seen here, at the latest; and how soon an ended session's connection ends. */
const FOLLOW_MS = 2_000
const RECHECK_MS = 15_000
/** What of the newest may be rolled back unnoticed, at the most. */
const CHECKPOINT_MS = 10_000

export interface Platform {
  readonly http: HttpServer
  readonly log: CaseLog
  readonly identity: Identity
  readonly openCase: ReturnType<typeof makeOpenCase>
  /** Encrypted at rest. */
  readonly records: RecordStore
  readonly sockets: SocketServer
  /** Listens and answers the address that people type. */
  listen(): Promise<string>
  close(): Promise<void>
}

export interface ComposeDeps {
  readonly config: Config
  readonly installation: Installation
  readonly system: System
  readonly journal: Log
  /** `dist/client`; undefined behind a development server. */
  readonly clientFolder: string | undefined
}

export function compose({ config, installation, system, journal, clientFolder }: ComposeDeps): Platform {
  const { secrets, epoch, records, checkpoints, derivationOf } = installation
  const { clock, stopwatch, entropy, timers, defer } = system
  const steady = steadyClock(clock, stopwatch)
  const storage = { ...installation.storage, records, drafts: watchDrafts(installation.storage.drafts, checkpoints.changes) }
  const http = createServer({ headersTimeout: 15_000, requestTimeout: 60_000 })
  const publicUrl = () => config.publicUrl ?? `http://localhost:${(http.address() as AddressInfo | null)?.port ?? config.port}`

  const errors = {
    unknown(cause: unknown) {
      const id = base64url(entropy.bytes(9, 'error'))
      journal.error({ id, error: errorForLog(cause) }, 'unexpected')
      return id
    },
  }

  const readers = readersBy(clock)
  let sockets: SocketServer | undefined
  const hasPast = async (caseId: CaseId, audience: Audience) => (await storage.log.readAudience(caseId, audience, 0, 1)).length > 0
  const keys = makeAudienceKeys({ keys: storage.keys, masterKey: secrets.masterKey, entropy, hasPast, derivationOf })
  const subscribers = makeSubscribers({ onTrouble: (cause) => void errors.unknown(cause) })
  const log = makeCaseLog({
    rules: RULES,
    inUse: (caseId) => sockets?.anybodyIn(caseId) ?? false,
    log: storage.log,
    keys,
    clock,
    entropy,
    defer,
    folds: SERVER_FOLDS,
    definitions: new Map(SERVER_EVENTS.map((event) => [event.name as string, event])),
    readers,
    epoch,
    quota: scaledQuota(QUOTA, config.quotaTimes),
    subscribers,
    onFork: (caseId) => journal.error({ case: caseId }, 'a device holds another history of a conversation'),
    onUnstorable: (caseId, command) => journal.error({ case: caseId, command }, 'a command was refused because no database can keep it'),
    facts: (rule, question) => facts(rule, question),
  })

  const forgetting = makeForgetting({
    log,
    stores: bodyStoresOf({ log: storage.log, keys }),
    timers,
    stopwatch,
    onTrouble: (cause) => void errors.unknown(cause),
  })
  const timedGrants = makeTimedGrants({
    log,
    clock,
    timers,
    turned: (caseId) => sockets?.turned(caseId),
    onTrouble: unlessClosing((error) => void errors.unknown(error)),
  })
  const workers = openWorkers({ timers })
  const printing = openPrinting({ pool: workers })
  const drafting = composeDrafting({ storage, keys, log, system, errors, workers, printing, epoch })

  const cases = makeCaseRecords(storage.records)
  const hasMail = config.mail !== undefined
  const smtp = config.mail && createSmtpSender(config.mail)
  const revoke = (caseId: CaseId, participantId: ParticipantId) => sockets?.revoke(caseId, participantId, 'signed-out')
  const limits = createLimits({ stopwatch })
  const identity = createIdentity({
    records: storage.records,
    clock: steady,
    entropy,
    tokenKey: secrets.tokenKey,
    publicUrl,
    limits,
    mail: smtp,
    sms: undefined,
    sink: sinkAllowed({ publicUrl: config.publicUrl, hasMail }) ? createSink({ clock }) : undefined,
    demo: config.demo,
    personOf: cases.personOf,
    async enterCase(caseId, participantId) {
      await log.step(caseId, enterRule, { participantId }, newStep())
    },
    revoke,
    revokeAccount(accountId) {
      void cases.ofMediator(accountId).then(
        (mine) => {
          for (const each of mine) revoke(each.caseId, each.mediatorParticipantId)
        },
        (cause: unknown) => errors.unknown(cause),
      )
    },
  })

  const newStep = () => asId<CommandId>(base64url(entropy.bytes(16, 'step')))
  const signing = makeSigning({
    crypto: webcrypto.subtle,
    log,
    readers,
    actorOf,
    storage,
    keys,
    clock,
    timers,
    entropy,
    authority: installation.authority,
    sealingKey: installation.sealing,
    sealingCertificates: [],
    readVersionFile: ({ caseId, fileId }) => drafting.readFile(caseId, fileId),
    papers: drafting.papers,
    printing,
    limits,
    steady,
    codes: identity.codes,
    checkPassword: identity.accounts.checkPassword,
    onTrouble: unlessClosing((error) => void errors.unknown(error)),
  })
  const facts = makeFacts([...messageFacts(storage.log), ...drafting.facts, ...signing.facts], RULES)

  async function invite({ caseId, participantId, mediatorAccountId, mediatorName, language, phone, email }: Invited) {
    const contacts = { phone: phone ?? '', email: email ?? '' }
    return identity.invitations.create({ caseId, participantId, mediatorId: mediatorAccountId, mediatorName, language, contacts })
  }

  const contacts = {
    has: async (caseId: CaseId, person: ParticipantId) => (await identity.contactsOf(caseId, person)) !== undefined,
    change: identity.changeContacts,
  }

  const openCase = makeOpenCase({
    openLog: (caseId, body) => log.step(caseId, openRule, body, newStep()),
    cases,
    clock,
    entropy,
    async mediatorFacts(accountId) {
      const account = await identity.accounts.get(accountId)
      const language = account?.profile.languages[0] ?? 'ru'
      return account?.state === 'active' ? { ...account.profile, language } : undefined
    },
    invite,
  })

  http.on(
    'request',
    createHttpApp({
      routes: [
        ...identity.routes,
        ...caseRoutes({ cases, log, openCase }),
        ...peopleRoutes({ cases, log, invite, contacts }),
        ...signing.routes,
      ],
      authenticate: identity.authenticate,
      personOf: cases.personOf,
      publicUrl,
      checkAnswers: false,
      trustProxy: config.trustProxy,
      clientFolder,
      log: journal,
      clock,
      entropy,
      healthy: createHealth({ probe: installation.storage.probe, clock, timers }),
    }),
  )

  sockets = makeSocketServer({
    http,
    log,
    readers,
    clock,
    timers,
    defer,
    errors,
    timed: isTimed,
    presenceRules: presenceRules(clock),
    // A page of another site cannot send its socket's first request without naming itself.
    allowRequest: (request) => request.headers.origin === undefined || isOwnOrigin(request.headers.origin, publicUrl()),
    addressOf: addressOf(config.trustProxy),
    authenticate: identity.authenticateInCase,
    actorOf,
    lanes: [drafting.lane],
  })

  subscribers.add(
    { name: 'checkpoints', committed: (committed) => checkpoints.changes.noteCommit(committed) },
    sockets.subscriber,
    drafting.subscriber,
    signing.reactions.subscriber,
    timedGrants.subscriber,
    endRemoved({ endParticipant: identity.endParticipant, onTrouble: (cause) => void errors.unknown(cause) }),
    forgetting.subscriber,
  )

  const stops = [every(60 * 60_000, () => identity.sweep()), every(RECHECK_MS, async () => sockets?.recheck())]
  stops.push(every(CHECKPOINT_MS, () => checkpoints.save()))
  // A storage that other servers write to as well: what they stored reaches the people who are connected here.
  if (config.storage.kind === 'mongo') stops.push(every(FOLLOW_MS, followOthers))

  async function followOthers(): Promise<void> {
    const cases = sockets?.connectedCases().map((caseId) => log.refresh(caseId)) ?? []
    const drafts = drafting.service.openDocuments().map((place) => drafting.service.notice(place, Number.POSITIVE_INFINITY))
    const failed = (await Promise.allSettled([...cases, ...drafts])).find((each) => each.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** Again and again, each time that long after the one before has ended. */
  function every(milliseconds: number, run: () => Promise<void>): () => void {
    let stopped = false
    let cancel = timers.after(milliseconds, tick)
    async function tick(): Promise<void> {
      await run().catch((cause: unknown) => errors.unknown(cause))
      if (!stopped) cancel = timers.after(milliseconds, tick)
    }
    return () => {
      stopped = true
      cancel()
    }
  }

  return {
    http,
    log,
    identity,
    openCase,
    records,
    sockets,
    async listen() {
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject)
        http.listen({ port: config.port, host: config.host, backlog: 4096 }, resolve)
      })
      return publicUrl()
    },
    async close() {
      for (const stop of stops) stop()
      timedGrants.close()
      await sockets?.close()
      await drafting.service.close()
      await workers.close()
      await forgetting.close()
      smtp?.close()
      await checkpoints.save().catch((cause: unknown) => errors.unknown(cause)) // the one before stands
      await storage.close()
    },
  }
}
