// A case with a frozen version on a real log over the embedded storage, with the installation's keys, and devices that sign as browsers do.

import { webcrypto } from 'node:crypto'
import { expect, vi } from 'vitest'
import { RULES } from '#server/catalogue.ts'
import { composeLog } from '#server/compose-log.ts'
import { agreementPdf } from '#server/document/pdf/agreement-pdf.ts'
import type { PersonCaller } from '#server/http/caller.ts'
import { createLimits } from '#server/http/limits.ts'
import type { ServedRoute } from '#server/http/router.ts'
import { type AccessLog, makeAccessLog } from '#server/identity/access/note-access.ts'
import { createOneTimeCodes } from '#server/identity/codes/one-time-codes.ts'
import type { CodeDelivery } from '#server/identity/delivery/code-delivery.ts'
import { makeAudienceKeys } from '#server/log/audience-keys.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { viewFor } from '#server/log/case-state.ts'
import { audienceKey } from '#server/log/derived-keys.ts'
import { type FactProvider, makeFacts, provideFact } from '#server/log/facts.ts'
import { QUOTA } from '#server/log/quota.ts'
import type { Committed, Subscriber } from '#server/log/subscribers.ts'
import { messageFacts } from '#server/messaging/message-facts.ts'
import { type EncryptedFiles, encryptFiles, fileKey, wholeBytes } from '#server/storage/encrypted-files.ts'
import type { Storage } from '#server/storage/ports.ts'
import { realSystem } from '#server/system.ts'
import { act, newCommandId, openSession, type SupplyCase, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { type SetClock, setClock } from '#server/testing/clock.ts'
import { testDue } from '#server/testing/due.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { canonicalText } from '#shared/document/canonical-text.ts'
import { block, type DocumentBlock } from '#shared/document/document-block.ts'
import { textCode, textDigest } from '#shared/document/text-code.ts'
import { type ClosingFault, confirmedOf } from '#shared/drafting/closing/closing-fault.ts'
import { closingFact, draftHeadFact, savedStatesFact } from '#shared/drafting/draft-facts.ts'
import { freezeRequest, readyGive, versionFreeze } from '#shared/drafting/drafting-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { hex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type AccountId, asId, type CaseId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import type { Rule, View } from '#shared/log/decide.ts'
import type { AnyRoute, Download, RouteAnswer, RouteInput, StreamedDownload } from '#shared/protocol/route.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import { makeAuthority, makeSealingKey, openAuthority, openSealingKey, type StoredKey } from '../authority/authority.ts'
import { makeSigning } from '../make-signing.ts'
import type { Printing } from '../printing.ts'
import { threadlessPrinting } from './threadless-printing.ts'

const subtle = webcrypto.subtle
export const PASSWORD = 'correct horse battery staple'
const HEAD = { revision: 7, generation: 1 }
/** A copy takes tenths of a second. */
const WAITING = { interval: 5, timeout: 10_000 }

export interface SigningWorld {
  readonly log: CaseLog
  readonly clock: SetClock
  readonly world: SupplyCase
  readonly routes: readonly ServedRoute[]
  /** Does what follows from the last events, the copies for signing by hand too: after it the storage may be closed. */
  readonly settle: () => Promise<void>
  readonly codes: ReturnType<typeof createOneTimeCodes>
  readonly committed: Committed[]
  /** Codes that went to people's own addresses. */
  readonly sent: Parameters<CodeDelivery['send']>[0][]
  /** What identity writes of a person's ways in. */
  readonly access: AccessLog
  readonly authority: Awaited<ReturnType<typeof openAuthority>>
  /** The code that the mediator would read out to this person. */
  codeFor(person: Person): Promise<string>
  /** `faults`: places that the mediator looks at, and confirms. */
  freeze(version: VersionId, document?: readonly DocumentBlock[], faults?: readonly ClosingFault[]): Promise<void>
  view(person: Person): Promise<View>
  /** `device`: which of the person's devices asks. */
  call<R extends AnyRoute>(route: R, input: RouteInput<R>, person: Person, device?: string): Promise<RouteAnswer<R>>
  download(route: AnyRoute, input: { versionId: VersionId }, person: Person): Promise<Download>
}

export interface WorldOptions {
  readonly storage: Storage
  readonly keys: InstallationKeys
  readonly seed?: string
  readonly sides?: number
  readonly clock?: SetClock
  /** A server that starts over what another has left: the case is there already. */
  readonly again?: boolean
  /** Steps that follow from events are done only when `settle` is called, as by a server that died in between. */
  readonly lazy?: boolean
  readonly printing?: Printing
  /** Besides the platform's. */
  readonly rules?: readonly Rule[]
  readonly subscriber?: Omit<Subscriber, 'name'>
}

export interface InstallationKeys {
  readonly authority: StoredKey
  readonly sealing: StoredKey
}

export async function installationKeys(): Promise<InstallationKeys> {
  const making = { clock: setClock(), entropy: seededEntropy('installation'), name: 'bitim.example' }
  const authority = await makeAuthority(making)
  return { authority, sealing: await makeSealingKey(await openAuthority(authority), making) }
}

export async function signingWorld(options: WorldOptions): Promise<SigningWorld> {
  const { storage, seed = 'seed', clock = setClock(), lazy = false } = options
  const world = supplyCase(options.sides ?? 2)
  const { caseId } = world
  const entropy = seededEntropy(seed)
  const keys = makeAudienceKeys({ keys: storage.keys, masterKey: new Uint8Array(32).fill(7), entropy })
  const files = encryptFiles({ files: storage.files, entropy, clock })
  const rules = [...RULES, ...(options.rules ?? [])]
  const committed: Committed[] = []
  const authority = await openAuthority(options.keys.authority)
  const due = testDue(storage, clock)
  const codes = createOneTimeCodes({ records: storage.records, due, clock, entropy, tokenKey: new Uint8Array(32).fill(9) })
  const subscribers = subscribed(
    { committed: (commit) => void committed.push(commit) },
    ...(options.subscriber ? [options.subscriber] : []),
  )
  const { papersKept, ...given } = filesOf(files)
  let facts: ReturnType<typeof makeFacts> | undefined
  let standing: readonly ClosingFault[] = []
  const { log, readers } = composeLog({
    rules,
    log: storage.log,
    keys,
    clock,
    entropy,
    defer: (run) => void setImmediate(run),
    epoch: 1,
    quota: QUOTA,
    subscribers,
    facts: (rule, asked) => (facts ? facts(rule, asked) : Promise.reject(new Error('not ready'))),
  })
  const sent: SigningWorld['sent'] = []
  const access = makeAccessLog({ log, newStep: newCommandId })
  const signing = makeSigning({
    access,
    delivery: { ways: ['mail'], send: async (message) => void sent.push(message) },
    contactsOf: async () => ({ phone: '', email: 'known@example.kz' }),
    crypto: subtle,
    log,
    readers,
    storage,
    due,
    keys,
    clock,
    timers: realSystem().timers,
    entropy,
    authority,
    sealingKey: steady(await openSealingKey(options.keys.sealing)),
    sealingCertificates: [],
    codes,
    checkPassword: async (_account, password) => password === PASSWORD,
    ...given,
    printing: options.printing ?? threadlessPrinting(),
    limits: createLimits({ stopwatch: clock }),
    steady: clock,
    onTrouble: (error) => console.error(error),
  })
  facts = factsFor([...draftFacts(storage, () => standing), ...signing.facts], rules)
  if (!lazy) subscribers.add(signing.reactions.subscriber)
  if (!options.again) await openSession(log, world)

  const settle = () => signing.reactions.settle(caseId).then(papersKept)
  const call = callsOf(signing.routes, caseId)

  return {
    log,
    clock,
    world,
    routes: signing.routes,
    settle,
    codes,
    committed,
    sent,
    access,
    authority,
    codeFor: (person) => codeToReadOut(codes, person),
    async freeze(versionId, document = DOCUMENT, faults = []) {
      standing = faults
      await freezeVersion({ log, files, world, clock }, { versionId, document, faults })
      if (!lazy) await settle()
    },
    view: async (person) => viewFor(await log.state(caseId), person, readers, []),
    call,
    download: (route, input, person) => call(route, { caseId, ...input } as never, person) as Promise<Download>, // routes given here are downloads of a version
  }
}

/** What this world has nobody for is not asked of it. */
function factsFor(provided: readonly FactProvider[], rules: readonly Rule[]) {
  const known = new Set(provided.map(({ fact }) => fact.name))
  return makeFacts(
    provided,
    rules.filter((rule) => Object.values(rule.facts).every(({ name }) => known.has(name))),
  )
}

function draftFacts({ log }: Pick<Storage, 'log'>, standing: () => readonly ClosingFault[]) {
  return [
    ...messageFacts(log),
    provideFact(draftHeadFact, async () => HEAD),
    provideFact(savedStatesFact, async () => []),
    provideFact(closingFact, async () => ({ revision: HEAD.revision, faults: standing() })),
  ]
}

async function codeToReadOut(codes: SigningWorld['codes'], { caseId, id }: Person): Promise<string> {
  const found = (await codes.toReadOut(caseId)).find(({ participantId }) => participantId === id)
  if (!found) throw new AppError({ kind: 'not-found' })
  return found.code
}

interface SigningFiles extends Pick<Parameters<typeof makeSigning>[0], 'openVersionFile' | 'papers'> {
  /** Every copy for signing by hand that was asked for is stored. */
  papersKept(): Promise<void>
}

/** What is frozen and printed, under a key of this test's own. */
function filesOf(files: EncryptedFiles): SigningFiles {
  const missing = new Set<VersionId>()
  const paper = (versionId: VersionId) => placeOf(fileId(`${versionId}h`))
  return {
    papersKept: () => vi.waitFor(() => expect(missing.size).toBe(0), WAITING),
    openVersionFile: (version) => files.open(placeOf(version.fileId)),
    papers: {
      async open(_case, versionId) {
        missing.add(versionId)
        const found = await files.open(paper(versionId))
        if (found) missing.delete(versionId)
        return found
      },
      keep: (_case, versionId, bytes) => files.keep(paper(versionId), bytes),
    },
  }
}

/** Asks a route as this person, whom HTTP has let in. */
function callsOf(routes: readonly ServedRoute[], caseId: CaseId): SigningWorld['call'] {
  const callerOf = ({ id, role }: Person, sessionId: string): PersonCaller => ({
    ...{ kind: 'person', caseId, participantId: id, sessionId },
    ...(role === 'mediator' ? { accountId: asId<AccountId>('account') } : {}),
  })
  return async <R extends AnyRoute>(route: R, input: RouteInput<R>, person: Person, device = 'session') => {
    const served = routes.find((each) => each.route === route)
    if (!served) throw new Error('no such route')
    const answer = await served.handle(input, callerOf(person, device), undefined as never) // no handler of signing reads the request
    return (isStreamed(answer) ? { bytes: await wholeBytes(answer.stream), fileName: answer.fileName } : answer) as RouteAnswer<R> // as the route says
  }
}

function isStreamed(answer: unknown): answer is StreamedDownload {
  return typeof answer === 'object' && answer !== null && 'stream' in answer
}

interface Freezing extends Pick<SigningWorld, 'log' | 'world' | 'clock'> {
  readonly files: EncryptedFiles
}

/** As drafting freezes a text: everybody is ready, the mediator asks, the files come to rest. */
async function freezeVersion(
  { log, files, world, clock }: Freezing,
  {
    versionId,
    document,
    faults,
  }: { readonly versionId: VersionId; readonly document: readonly DocumentBlock[]; readonly faults: readonly ClosingFault[] },
): Promise<void> {
  for (const person of world.people) await act(log, person, readyGive, HEAD)
  await act(log, world.mediator, freezeRequest, { versionId, revision: HEAD.revision, confirmed: confirmedOf(faults) })
  const canonical = canonicalText(document)
  if (!canonical.ok) throw new Error('the document has faults')
  const digest = await textDigest(subtle, canonical.text)
  const pdf = await agreementPdf({ text: canonical.text, textCode: textCode(digest), language: 'ru', frozenAt: clock.now() })
  const [textFileId, pdfFileId] = [fileId(`${versionId}t`), fileId(`${versionId}p`)]
  await files.keep(placeOf(textFileId), utf8(canonical.text))
  await files.keep(placeOf(pdfFileId), pdf)
  const version = {
    versionId,
    revision: HEAD.revision,
    textDigest: hex(digest),
    pdfDigest: hex(await sha256(subtle, pdf)),
    textCode: textCode(digest),
    textFileId,
    pdfFileId,
    language: 'ru' as const,
  }
  await log.step(world.caseId, versionFreeze, version, newCommandId())
}

/** Drafting's files rest under a key of drafting's. */
const versionKey = fileKey(audienceKey(new Uint8Array(32).fill(5), () => 1))
const placeOf = (id: FileId) => ({ id, context: `version file ${id}`, key: versionKey })

const seals = new Map<string, Uint8Array>()

/** Seals the same message with the same bytes: WebCrypto draws a number for each signature, which would make two like histories differ. */
function steady(key: SealingKey): SealingKey {
  return {
    certificateDer: key.certificateDer,
    async sign(data) {
      const known = seals.get(hex(data)) ?? new Uint8Array(await key.sign(data))
      seals.set(hex(data), known)
      return known
    },
  }
}

function fileId(text: string): FileId {
  return asId<FileId>(text.slice(-22).padStart(22, '_'))
}

export function documentWith(...clauses: readonly string[]): readonly DocumentBlock[] {
  return [
    block('title', 'heading', 1, 'Соглашение об урегулировании спора'),
    ...clauses.map((text, index) => block(`c${index}`, 'clause', 1, text)),
  ]
}

const DOCUMENT = documentWith('ТОО «Дала Жем» выплачивает 1 840 000 ₸.', 'Срок: 15 желтоқсан 2026 жылға дейін.')
