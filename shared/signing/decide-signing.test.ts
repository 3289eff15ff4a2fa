// The decisions alone, over views made by hand: what each answers, and what it writes where.
import { describe, expect, it } from 'vitest'
import { caseOpened, mediationEnded } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { drafting } from '#shared/drafting/capability.ts'
import { draftReopened, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, signersAudience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type FileId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { type Decision, type Rule, type View, viewOf } from '#shared/log/decide.ts'
import { type AudienceState, emptyAudience, type Fold, foldEvent } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { signing } from './capability.ts'
import { CHAIN_FOLDS } from './chain-catalogue.ts'
import { chainSealed, releaseSealed, versionSealed } from './chain-protocol.ts'
import { closeChainRule } from './decide-close.ts'
import { recordPaperRule } from './decide-paper.ts'
import { declineRule, reopenRule } from './decide-reopen.ts'
import { sealVersionRule } from './decide-seal.ts'
import { giveSignatureRule, withdrawSignatureRule } from './decide-sign.ts'
import { fromEventHash } from './named-digest.ts'
import type { SignatureRecord } from './sealed-records.ts'
import type { CheckedSignature } from './signing-facts.ts'
import { agreementReleased, signatureGiven, signatureWithdrawn } from './signing-protocol.ts'

const id = <T extends CaseId | ParticipantId | SideId | VersionId | FileId>(name: string) => asId<T>(name.padEnd(22, '_'))
const V = id<VersionId>('version')
const [A, B, M] = [id<ParticipantId>('aigul'), id<ParticipantId>('pavel'), id<ParticipantId>('mediator')]
const caseId = id<CaseId>('case')
const side: Person = { kind: 'person', caseId, id: A, role: 'party', sideId: id('s0') }
const mediator: Person = { kind: 'person', caseId, id: M, role: 'mediator' }
const stranger: Person = { ...side, id: id('stranger') }
/** In the case since the text was closed. */
const later: Person = { ...mediator, id: id('later') }
const NOW = Date.UTC(2026, 10, 22, 9)
const HASH = 'A'.repeat(43)
const FOLDS = [caseFold, roomFold, ...drafting.folds, ...signing.folds, ...CHAIN_FOLDS] as readonly Fold[]

type Told = readonly [audience: Audience, definition: EventDefinition, body: object]

const digestOf = (name: string) => `sha-256:${name.charCodeAt(0).toString(16).padStart(64, '0')}` as const
const given = (person: ParticipantId, signature = 'x', certificate = 'c'): Told => [
  directAudience(person),
  signatureGiven,
  { versionId: V, fileId: id('file'), signatureDigest: digestOf(signature), certificateDigest: digestOf(certificate) },
]
const withdrawn = (person: ParticipantId): Told => [directAudience(person), signatureWithdrawn, { versionId: V }]

const START: readonly Told[] = [
  [
    'case',
    caseOpened,
    {
      seeded: {
        mediator: { id: M, name: 'Ерлан' },
        sides: [{ id: id('s0') }, { id: id('s1') }],
        people: [
          { id: A, name: 'Айгүл', role: 'party', sideId: id('s0') },
          { id: B, name: 'Павел', role: 'party', sideId: id('s1') },
        ],
      },
    },
  ],
  ...[A, B, M].map((participantId): Told => [signersAudience(V), roomJoined, { participantId }]),
  ['all', versionFrozen, { versionId: V, signers: [A, B, M] }],
  [signersAudience(V), versionSealed, { frozenAt: NOW }],
]

function viewFor(actor: Person, told: readonly Told[] = []): View {
  const audiences = new Map<Audience, AudienceState>()
  for (const [audience, { name: type }, body] of [...START, ...told]) {
    const state = audiences.get(audience) ?? emptyAudience(audience)
    audiences.set(
      audience,
      foldEvent(FOLDS, state, { audience, epoch: 1, seq: state.seq + 1, type, by: actor.id, at: NOW, hash: '', body }),
    )
  }
  const own = directAudience(actor.id)
  if (!audiences.has(own)) audiences.set(own, emptyAudience(own))
  for (const audience of [...audiences.keys()]) {
    if (audience.startsWith('direct:') && audience !== own && actor.role !== 'mediator') audiences.delete(audience)
    if (audience.startsWith('signers:') && ![A, B, M].includes(actor.id)) audiences.delete(audience)
  }
  return viewOf(audiences)
}

function decide(rule: Rule, actor: Person, input: object, { told = [] as readonly Told[], facts = {} } = {}): Decision {
  return rule.decide(viewFor(actor, told), input, { actor, now: NOW, newId: () => 'n'.repeat(22), seen: undefined, facts: facts as never })
}

/** `refused reason`, or what was written where. */
function answer(decision: Decision): string {
  if (!decision.decided) return decision.problem.reason ?? decision.problem.kind
  return decision.events.map(({ definition, audience }) => `${definition.name} ${audience.split(':')[0]}`).join(', ')
}

function record(person: ParticipantId, signature = 'x', certificate = 'c'): SignatureRecord {
  return {
    versionId: V,
    participantId: person,
    signatureDigest: digestOf(signature),
    certificateDigest: digestOf(certificate),
  } as SignatureRecord // the rest is not looked at here
}
const checked = (signature = 'x', certificate = 'c'): CheckedSignature => ({
  checked: 'signature',
  record: record(A, signature, certificate),
  fileId: id('file'),
})
const release = (...signatures: readonly string[]): CheckedSignature => ({
  checked: 'release',
  records: [...signatures.map((signature) => record(A, signature)), record(M, 'm')],
  release: {} as never, // the decision only passes it on
})

const REOPENED: Told = ['all', draftReopened, { versionId: V }]
const ENDED: Told = ['case', mediationEnded, { ground: 'refused' }]
const RELEASED: Told = ['all', agreementReleased, { versionId: V, bundleFileId: id('b') }]
const bothSigned = [given(A, 'a'), given(B, 'b')]

describe('deciding about a frozen version', () => {
  const give: readonly (readonly [string, Person, readonly Told[], CheckedSignature, string])[] = [
    ['[SIG-12] a side’s signature goes into its own line', side, [], checked(), 'signature:given direct'],
    ['[SIG-16] not twice', side, [given(A)], checked('y', 'd'), 'signing/already-signed'],
    ['[SIG-15] anew after withdrawing', side, [given(A), withdrawn(A)], checked('y', 'd'), 'signature:given direct'],
    ['[SIG-11] not under a used certificate', side, [given(A), withdrawn(A)], checked('y', 'c'), 'signing/ask-again'],
    ['[SIG-33] not after reopening', side, [REOPENED], checked(), 'signing/reopened'],
    ['[SIG-51] not after the end', side, [ENDED], checked(), 'signing/ended'],
    ['[SIG-51] not after the release', side, [RELEASED, ENDED], checked(), 'signing/agreed'],
    ['[SIG-50] not by strangers', stranger, [], checked(), 'not-found'],
    ['[SIG-10] not unverified', side, [], { checked: 'refused', reason: 'signing/not-verified' }, 'signing/not-verified'],
    ['[SIG-20] the mediator not before the sides', mediator, [given(A, 'a')], release('a'), 'signing/others-first'],
    [
      '[SIG-21] the mediator’s releases all at once',
      mediator,
      bothSigned,
      release('a', 'b'),
      'signature:sealed signers, signature:sealed signers, signature:sealed signers, release:sealed signers, agreement:released all, mediation:ended case',
    ],
    ['[SIG-20] not over signatures that changed meanwhile', mediator, bothSigned, release('a', 'z'), 'signing/ask-again'],
    ['[SIG-20] not with one missing', mediator, bothSigned, release('a'), 'signing/ask-again'],
    ['[SIG-20] not as a side’s', mediator, bothSigned, checked('m', 'm'), 'signing/ask-again'],
    [
      '[SIG-20] not with somebody taken out',
      mediator,
      [...bothSigned, [signersAudience(V), roomLeft, { participantId: B }]],
      release('a', 'b'),
      'signing/others-first',
    ],
    ['[SIG-21] a side’s device cannot release', side, bothSigned.slice(1), release('b'), 'signing/ask-again'],
  ]
  it.each(give)('%s', (_name, actor, told, signature, expected) => {
    expect(answer(decide(giveSignatureRule, actor, { versionId: V, cms: 'AA' }, { told, facts: { signature } }))).toBe(expected)
  })

  const others: readonly (readonly [string, Rule, Person, object, readonly Told[], string])[] = [
    ['[SIG-15] withdraw', withdrawSignatureRule, side, {}, [given(A)], 'signature:withdrawn direct'],
    ['[SIG-15] withdraw nothing', withdrawSignatureRule, side, {}, [], 'signing/not-signed'],
    ['[SIG-51] withdraw after release', withdrawSignatureRule, side, {}, [given(A), RELEASED], 'signing/agreed'],
    ['[SIG-30] decline to the mediator', declineRule, side, { to: 'mediator' }, [], 'version:declined direct'],
    ['[SIG-30] decline to all', declineRule, side, { to: 'all', reason: 'x' }, [given(A)], 'version:declined all, draft:reopened all'],
    ['[SIG-30] decline what is open', declineRule, side, { to: 'all' }, [REOPENED], 'signing/reopened'],
    ['[SIG-50] the mediator does not decline', declineRule, mediator, { to: 'all' }, [], 'forbidden'],
    ['[SIG-50] a stranger does not decline', declineRule, stranger, { to: 'all' }, [], 'not-found'],
    ['[SIG-31] reopen', reopenRule, mediator, { reason: 'x' }, [given(A)], 'version:recalled all, draft:reopened all'],
    [
      '[SIG-31] reopen by a mediator who came later',
      reopenRule,
      later,
      { reason: 'x' },
      [given(A)],
      'version:recalled all, draft:reopened all',
    ],
    ['[SIG-31] of a text that is not known', reopenRule, later, { versionId: id('other'), reason: 'x' }, [], 'not-found'],
    ['[SIG-50] a mediator who came later records no paper', recordPaperRule, later, { signedOn: '2026-11-22' }, [], 'not-found'],
    ['[SIG-31] a side does not reopen', reopenRule, side, { reason: 'x' }, [], 'forbidden'],
    ['[SIG-51] reopen after release', reopenRule, mediator, { reason: 'x' }, [RELEASED], 'signing/agreed'],
    ['[SIG-40] paper', recordPaperRule, mediator, { signedOn: '2026-11-22' }, [], 'paper:recorded all, mediation:ended case'],
    ['[SIG-40] paper beside a signature', recordPaperRule, mediator, { signedOn: '2026-11-22' }, [given(B)], 'signing/signature-stands'],
    [
      '[SIG-40] paper after withdrawal',
      recordPaperRule,
      mediator,
      { signedOn: '2026-11-22' },
      [given(B), withdrawn(B)],
      'paper:recorded all, mediation:ended case',
    ],
    ['[SIG-41] paper of tomorrow', recordPaperRule, mediator, { signedOn: '2026-11-23' }, [], 'signing/day'],
    ['[SIG-50] a side records no paper', recordPaperRule, side, { signedOn: '2026-11-22' }, [], 'forbidden'],
  ]
  it.each(others)('%s', (_name, rule, actor, input, told, expected) => {
    expect(answer(decide(rule, actor, { versionId: V, place: 'Алматы', ...input }, { told }))).toBe(expected)
  })

  it('[SIG-2] sealing is done once, and only for the frozen version', () => {
    const seal = (told: readonly Told[]) => step(sealVersionRule, told, { record: 'frozen' })
    const unsealed = START.slice(0, -1)
    expect(seal(unsealed)).toBe('version:sealed signers, signing:begun direct, signing:begun direct')
    expect(seal(START)).toBe('')
    expect(seal([...unsealed, REOPENED])).toBe('')
  })

  it('[SIG-25] closing is done once, after the release, over its head, and not in the first bundle format', () => {
    const room = signersAudience(V)
    const released = (bundleFormat: 1 | 2): Told => [room, releaseSealed, { releasedAt: NOW, bundleFormat }]
    const close = (told: readonly Told[], hash = HASH) =>
      step(closeChainRule, [...START, ...told], { record: 'closing', head: { m: 5, digest: fromEventHash(hash) } })
    expect(close([])).toBe('')
    expect(close([released(2)])).toBe('chain:sealed signers')
    expect(close([released(2), [room, roomLeft, { participantId: B }]])).toBe('chain:sealed signers')
    expect(close([released(2)], 'B'.repeat(43))).toBe('')
    expect(close([released(2), [room, chainSealed, {}]])).toBe('')
    expect(close([released(1)])).toBe('')
    expect(step(closeChainRule, [...START, released(2)], undefined)).toBe('')
  })
})

/** What a step of the system decides over everything that was told. */
function step(rule: Rule, told: readonly Told[], record: object | undefined): string {
  const audiences = new Map<Audience, AudienceState>()
  for (const [audience, { name: type }, body] of told) {
    const state = audiences.get(audience) ?? emptyAudience(audience)
    const event = { audience, epoch: 1, seq: state.seq + 1, type, by: 'system' as const, at: NOW, hash: HASH, body }
    audiences.set(audience, foldEvent(FOLDS, state, event))
  }
  const deciding = { actor: { kind: 'system', caseId }, now: NOW, newId: () => '', seen: undefined, facts: { record } as never } as const
  return answer(rule.decide(viewOf(audiences), { versionId: V, signers: [A, B] }, deciding))
}
