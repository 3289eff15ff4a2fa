// Identity behind real HTTP: an owner who is a mediator of one case, and whoever the test invites.
import { createHttpApp } from '#server/http/create-http-app.ts'
import { createLimits, type Limits } from '#server/http/limits.ts'
import { createLog } from '#server/http/log.ts'
import { createIdentity, type Identity, type IdentityDeps } from '#server/identity/create-identity.ts'
import { createSink } from '#server/identity/delivery/sink.ts'
import type { SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import type { AccessEntry } from '#shared/identity/access-state.ts'
import { invitationCode, invitationLink } from '#shared/identity/invitation-protocol.ts'
import { joinEnter, type PersonSession } from '#shared/identity/join-protocol.ts'
import { ownerSetUp } from '#shared/identity/staff-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId, CaseId, InvitationId, ParticipantId } from '#shared/kernel/ids.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { type SetClock, setClock } from './clock.ts'
import { testDue } from './due.ts'
import { seededEntropy } from './entropy.ts'
import { answered, type Browser, browser, type Listening, listen } from './http-world.ts'
import { memoryStorage } from './storage.ts'
import { testId } from './test-id.ts'

export const PASSWORD = 'correct horse battery'
export const OWNER_NAME = 'Айгерім Серікқызы'

export interface IdentityWorld extends Listening {
  readonly identity: Identity
  readonly clock: SetClock
  readonly limits: Limits
  readonly storage: SqliteStorage
  readonly tokenKey: Uint8Array
  readonly logLines: readonly string[]
  readonly entered: readonly string[]
  readonly revoked: readonly string[]
  /** What was noted of people's ways in. */
  readonly access: readonly AccessEntry[]
  /** From here on nothing of it can be written down. */
  readonly breakAccess: () => void
  readonly caseId: CaseId
  browser(userAgent?: string): Browser
  /** The owner's browser, signed in; a mediator of `caseId`. */
  owner(): Promise<Browser>
  invite(contacts?: { phone: string; email: string }): Promise<{ id: InvitationId; participantId: ParticipantId }>
  /** A link and a code that is read out. */
  linkAndCode(owner: Browser, id: InvitationId): Promise<{ secret: string; link: string; code: string }>
  join(owner: Browser, id: InvitationId, keep?: boolean): Promise<{ browser: Browser; session: PersonSession; secret: string }>
}

export async function identityWorld(
  options: Partial<Pick<IdentityDeps, 'mail' | 'sms' | 'sink'>> & { noSink?: true; publicUrl?: string; trustProxy?: number } = {},
): Promise<IdentityWorld> {
  const clock = setClock()
  const entropy = seededEntropy('identity')
  const storage = memoryStorage()
  const tokenKey = entropy.bytes(32, 'token key')
  const logLines: string[] = []
  const entered: string[] = []
  const revoked: string[] = []
  const access: AccessEntry[] = []
  let broken = false
  const caseId = testId<CaseId>('case')
  const mediators = new Map<string, ParticipantId>()
  const limits = createLimits({ stopwatch: clock })
  let url = ''
  const publicUrl = () => options.publicUrl ?? url
  const personOf = async (accountId: AccountId, of: CaseId) => (of === caseId ? mediators.get(accountId) : undefined)
  const identity = createIdentity({
    records: storage.records,
    due: testDue(storage, clock),
    clock: steadyClock(clock, clock),
    entropy,
    tokenKey,
    publicUrl,
    limits,
    mail: options.mail,
    sms: options.sms,
    sink: options.noSink ? undefined : (options.sink ?? createSink({ clock })),
    demo: false,
    controlCode: '0000 1111 2222 3333 4444 5555 6666 7777',
    note: (facts, message) => logLines.push(`${JSON.stringify(facts)} ${message}`),
    onTrouble: (cause) => logLines.push(String(cause)),
    personOf,
    enterCase: async (of, person) => void entered.push(`${of} ${person}`),
    access: {
      async note(_of, change) {
        if (broken) throw new AppError({ kind: 'unavailable' })
        access.push({ ...change, at: clock.now() })
      },
      of: async () => ({ entries: access }),
    },
    revoke: (of, person) => void revoked.push(`${of} ${person}`),
    revokeAccount: (accountId) => void revoked.push(accountId),
  })
  const app = createHttpApp({
    routes: identity.routes,
    authenticate: identity.authenticate,
    isLive: identity.sessions.isLive,
    demandOwnCode: identity.demandOwnCode,
    personOf,
    publicUrl,
    checkAnswers: true,
    trustProxy: options.trustProxy ?? false,
    clientFolder: undefined,
    log: createLog({ level: 'debug', write: (line) => void logLines.push(line) }),
    clock,
    entropy,
    healthy: async () => true,
  })
  const listening = await listen(app)
  url = listening.url
  const people = peopleOf({
    identity,
    url,
    caseId,
    isMediator: (account) => void mediators.set(account, testId<ParticipantId>('mediator')),
  })
  return {
    ...people,
    url,
    identity,
    clock,
    limits,
    storage,
    tokenKey,
    logLines,
    entered,
    revoked,
    access,
    breakAccess: () => {
      broken = true
    },
    caseId,
    async close() {
      await listening.close()
      await storage.close()
    },
  }
}

type People = Pick<IdentityWorld, 'browser' | 'owner' | 'invite' | 'linkAndCode' | 'join'>

interface PeopleDeps extends Pick<IdentityWorld, 'identity' | 'url' | 'caseId'> {
  readonly isMediator: (account: AccountId) => void
}

function peopleOf({ identity, url, caseId, isMediator }: PeopleDeps): People {
  let mediatorId = testId<AccountId>('nobody')
  let invited = 0
  const people: People = {
    browser: (userAgent) => browser(url, userAgent),
    async owner() {
      const device = browser(url, 'Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0')
      const link = await identity.ownerLink()
      const secret = link?.split('#')[1] ?? ''
      const { token, account } = answered(
        await device.call(ownerSetUp, { secret, email: 'owner@example.kz', name: OWNER_NAME, password: PASSWORD }),
      )
      device.token = token
      mediatorId = account.id
      isMediator(account.id)
      return device
    },
    async invite(contacts = { phone: '+77010000001', email: 'party@example.kz' }) {
      const participantId = testId<ParticipantId>(`party ${++invited}`)
      const of = { caseId, participantId, mediatorId, mediatorName: OWNER_NAME }
      const id = await identity.invitations.create({ ...of, language: 'kk', contacts })
      return { id, participantId }
    },
    async linkAndCode(owner, id) {
      const { secret, link } = answered(await owner.call(invitationLink, { invitationId: id }))
      const { code } = answered(await owner.call(invitationCode, { invitationId: id, way: 'read-out' }))
      return { secret, link, code: code ?? '' }
    },
    async join(owner, id, keep = true) {
      const { secret, code } = await people.linkAndCode(owner, id)
      const device = browser(url)
      const session = answered(await device.call(joinEnter, { secret, code, keep }))
      device.token = session.token
      return { browser: device, session, secret }
    },
  }
  return people
}
