// A case on one or more servers over one storage, without sockets: what tests of the log and of decisions stand on.
import { RULES, SERVER_FOLDS } from '#server/catalogue.ts'
import { composeLog } from '#server/compose-log.ts'
import { type AudienceKeys, makeAudienceKeys } from '#server/log/audience-keys.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import { CURRENT_DERIVATION, derivationsBy, type EpochDerivation } from '#server/log/derived-keys.ts'
import { type FactProvider, makeFacts, provideFact } from '#server/log/facts.ts'
import { QUOTA, type Quota } from '#server/log/quota.ts'
import { makeSubscribers, type Subscriber, type Subscribers } from '#server/log/subscribers.ts'
import { messageFacts } from '#server/messaging/message-facts.ts'
import type { LogStore, Storage } from '#server/storage/ports.ts'
import type { CaseBody } from '#shared/cases/case-protocol.ts'
import { agreementConfirm, caseOpen, sessionStart } from '#shared/cases/case-protocol.ts'
import { personEnter } from '#shared/cases/people-protocol.ts'
import { copiedFileFact, fileToAllowFact } from '#shared/crossing/crossing-facts.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import {
  asId,
  type CaseId,
  type CommandId,
  type ParticipantId,
  type PermissionId,
  type SideId,
  type TaskId,
  type WordingId,
} from '#shared/kernel/ids.ts'
import type { Fact, Rule } from '#shared/log/decide.ts'
import type { Fold } from '#shared/log/fold.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import type { EventPlace, Seen } from '#shared/protocol/wire.ts'
import { groupEndFact } from '#shared/rooms/group-facts.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { setClock } from './clock.ts'
import { seededEntropy } from './entropy.ts'

export interface WorldOptions {
  readonly storage: Storage
  readonly seed?: string
  readonly clock?: Clock
  readonly subscribers?: Subscribers
  readonly facts?: readonly FactProvider[]
  readonly quota?: Quota
  /** Besides the platform's. */
  readonly rules?: readonly Rule[]
  readonly folds?: readonly Fold[]
  /** Wraps the log's storage, to make it fail on purpose. */
  readonly log?: LogStore
  /** Of an installation that has seen an upgrade: by default keys are derived as today. */
  readonly derivations?: readonly EpochDerivation[]
  readonly epoch?: number
  readonly onUnstorable?: (caseId: CaseId, command: string) => void
}

export function serverOver({
  storage,
  seed = 'seed',
  clock = setClock(),
  subscribers = subscribed(),
  facts = [],
  log,
  quota,
  rules: more = [],
  folds = [],
  derivations = [{ from: 1, derivation: CURRENT_DERIVATION }],
  epoch = 1,
  onUnstorable,
}: WorldOptions): CaseLog {
  const entropy = seededEntropy(seed)
  const keys = keysOver(storage, { entropy, derivations })
  // Nothing is planned here: a room that ends at a time ends by the clock that decides.
  // Where no files are kept none is allowed or copied.
  const absent: readonly Fact<unknown>[] = [groupEndFact, fileToAllowFact, copiedFileFact]
  const none = absent.map((fact) => provideFact(fact, async () => undefined))
  const provided = [...messageFacts(storage.log), ...none, ...facts]
  const known = new Set(provided.map(({ fact }) => fact.name))
  const ours = RULES.filter((rule) => Object.values(rule.facts).every(({ name }) => known.has(name)))
  const rules = [...ours, ...more]
  return composeLog({
    rules,
    log: log ?? storage.log,
    keys,
    clock,
    entropy,
    defer: (run) => void setImmediate(run),
    folds: [...SERVER_FOLDS, ...folds],
    epoch,
    quota: quota ?? QUOTA,
    subscribers,
    facts: makeFacts(provided, rules),
    ...(onUnstorable ? { onUnstorable } : {}),
  }).log
}

/** One that fails is a test that fails. */
export function subscribed(...list: readonly Omit<Subscriber, 'name'>[]): Subscribers {
  const subscribers = makeSubscribers({
    onTrouble(cause) {
      throw cause
    },
  })
  subscribers.add(...list.map((each) => ({ name: 'test', ...each })))
  return subscribers
}

interface KeysOptions {
  readonly entropy?: Entropy
  readonly derivations?: readonly EpochDerivation[]
}

/** The keys of the audiences, as each of these servers has them. */
export function keysOver(
  storage: Pick<Storage, 'keys' | 'log'>,
  { entropy = seededEntropy('keys'), derivations = [{ from: 1, derivation: CURRENT_DERIVATION }] }: KeysOptions = {},
): AudienceKeys {
  const derivationOf = derivationsBy(derivations)
  return makeAudienceKeys({ ...storage, masterKey: new Uint8Array(32).fill(7), entropy, derivationOf })
}

/** A readable name as an id, the text of sixteen bytes: `idOf('aigul')`. */
export function idOf<Id extends CaseId | ParticipantId | SideId | CommandId | PermissionId | WordingId | TaskId>(name: string): Id {
  return asId<Id>(name.padEnd(21, '_').slice(0, 21).concat('A'))
}

/** A case has two sides at least, and somebody on each. */
export type TwoOrMore<T> = readonly [T, T, ...T[]]

export function twoOrMore<T>([first, second, ...more]: readonly T[]): TwoOrMore<T> {
  if (first === undefined || second === undefined) throw new Error('a case has two sides')
  return [first, second, ...more]
}

export interface SupplyCase {
  readonly caseId: CaseId
  readonly mediator: Person
  /** One person for each side, in the order of the sides. */
  readonly people: TwoOrMore<Person>
  readonly sides: TwoOrMore<SideId>
  readonly body: CaseBody
}

/** A supply dispute between `count` sides, one person each. */
export function supplyCase(count = 2, caseName = 'case'): SupplyCase {
  const caseId = idOf<CaseId>(caseName)
  const names = ['Айгүл Серік', 'Павел Ким', 'Мария Жук', 'Динара Аубакирова', 'Ерлан Сатпаев'].slice(0, count)
  const sides = names.map((_name, index) => idOf<SideId>(`side-${index}`))
  const people = names.map((_name, index): Person => {
    const sideId = sides[index] ?? idOf<SideId>('none')
    return { kind: 'person', caseId, id: idOf(`person-${index}`), role: 'party', sideId }
  })
  const mediator: Person = { kind: 'person', caseId, id: idOf('mediator'), role: 'mediator' }
  const body: CaseBody = {
    title: 'Береке — Дала Жем',
    number: '2026-000014',
    category: 'supply',
    subject: 'Оплата по договору поставки № 14 от 3 марта 2026 года',
    voice: 'phone',
    draftLanguage: 'ru',
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    mediator: { id: mediator.id, name: 'Ерлан Омаров', language: 'ru' },
    sides: sides.map((id, index) => ({ id, kind: 'organisation', name: `Сторона ${index + 1}` })),
    people: people.map((person, index) => ({
      id: person.id,
      name: names[index] ?? '',
      role: 'party',
      sideId: sides[index] ?? idOf<SideId>('none'),
      language: index === 0 ? 'kk' : 'ru',
    })),
  }
  return { caseId, mediator, people: twoOrMore(people), sides: twoOrMore(sides), body }
}

const entropy = seededEntropy('commands')
export function newCommandId(): CommandId {
  return asId<CommandId>(base64url(entropy.bytes(16, 'command')))
}

interface Said {
  readonly id?: CommandId
  readonly seen?: Seen
}

export function act<Input>(
  log: CaseLog,
  actor: Person,
  command: CommandDefinition<WireName, Input>,
  input: Input,
  said: Said = {},
): Promise<readonly EventPlace[]> {
  return log.command(actor, { id: said.id ?? newCommandId(), name: command.name, input, ...(said.seen ? { seen: said.seen } : {}) })
}

/** Opens the case; everybody enters, confirms and, unless told otherwise, is admitted into the running session. */
export async function openSession(log: CaseLog, world: SupplyCase, { admit = true }: { admit?: boolean } = {}): Promise<void> {
  const { caseId, mediator, people, body } = world
  await log.step(caseId, caseOpen, body, newCommandId())
  const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
  await act(log, mediator, agreementConfirm, confirmation)
  await act(log, mediator, sessionStart, {})
  for (const person of people) {
    await log.step(caseId, personEnter, { participantId: person.id }, newCommandId())
    await act(log, person, agreementConfirm, confirmation)
    if (admit) await act(log, mediator, personAdmit, { participantId: person.id, to: 'all' })
  }
}
