import { describe, expect, it } from 'vitest'
import { asId, type CaseId, type DocumentId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import type { FrozenRecord } from '../sealed-records.ts'
import { openingLength, otherVersion, strayOpening } from './chain-opening.ts'

const id = <T extends CaseId | DocumentId | ParticipantId | VersionId>(name: string) => asId<T>(name.padEnd(22, '_'))
const V = id<VersionId>('version')
const [A, M] = [id<ParticipantId>('aigul'), id<ParticipantId>('mediator')]
const digest = 'a'.repeat(64)
const version = { versionId: V, revision: 7, textDigest: digest, pdfDigest: digest, textCode: '1234 5678 9012', language: 'ru' as const }
const sealedDigest = `sha-256:${digest}`
const sealedVersion = { ...version, revision: 7, textDigest: sealedDigest, pdfDigest: sealedDigest }
const frozen = { ...sealedVersion, record: 'frozen', signers: [{ participantId: A }, { participantId: M }] } as unknown as FrozenRecord // only what an opening can say
const told = { ...version, textFileId: id('text'), pdfFileId: id('pdf'), signers: [A, M] }

function events(...said: readonly (readonly [string, object | string])[]): WireEvent[] {
  return said.map(([type, body], index) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return {
      caseId: id<CaseId>('case'),
      audience: `signers:${V}`,
      epoch: 1,
      seq: index + 1,
      type,
      version: 1,
      by: 'system',
      at: 0,
      seen: '',
      body: text,
      salt: '',
      bodyDigest: '',
      previous: '',
      hash: '',
    }
  })
}

const joinA = ['room:joined', { participantId: A }] as const
const joinM = ['room:joined', { participantId: M }] as const
const freeze = ['version:frozen', told] as const

describe('the opening of a signers’ chain', () => {
  it('[SIG-2] is the signers’ entering and the version, exactly as sealed', () => {
    expect(strayOpening(events(joinA, joinM, freeze), frozen)).toBeUndefined()
    expect(openingLength([...events(joinA, joinM, freeze), ...events(['version:sealed', {}])])).toBe(3)
  })

  const strays: readonly (readonly [string, WireEvent[], number])[] = [
    ['another signer', events(joinM, joinM, freeze), 1],
    ['one too many', events(joinA, joinM, joinM, freeze), 3],
    ['one too few', events(joinA, freeze), 2],
    ['no version', events(joinA, joinM), 2],
    ['another text', events(joinA, joinM, ['version:frozen', { ...told, textDigest: 'b'.repeat(64) }]), 3],
    ['another order of signers', events(joinA, joinM, ['version:frozen', { ...told, signers: [M, A] }]), 3],
    ['what is not JSON', events(joinA, ['room:joined', '{'], freeze), 2],
    ['words slipped in', events(['room:joined', { participantId: A, note: 'hello' }], joinM, freeze), 1],
  ]
  it('[SIG-2] under the seal that closes a chain other events may stand between, but no other version', () => {
    const told = events(joinA, ['room:left', { participantId: A }], joinM, freeze)
    expect(otherVersion(told, frozen)).toBeUndefined()
    expect(otherVersion(events(joinA, ['version:frozen', { ...freeze[1], revision: 8 }]), frozen)).toBe(2)
  })

  it('[DOC-37] names the document that the sealed record names, and none where that names none', () => {
    const [one, other] = [id<DocumentId>('one'), id<DocumentId>('other')]
    const opening = (documentId?: DocumentId) =>
      events(joinA, joinM, ['version:frozen', { ...told, ...(documentId && { documentId }) }]).map((event) =>
        event.type === 'version:frozen' ? { ...event, version: 2 } : event,
      )
    const named = { ...frozen, documentId: one }
    expect([strayOpening(opening(one), named), otherVersion(opening(one), named)]).toEqual([undefined, undefined])
    for (const [wrong, record] of [
      [opening(other), named],
      [opening(), named],
      [opening(one), frozen],
    ] as const)
      expect([strayOpening(wrong, record), otherVersion(wrong, record)]).toEqual([3, 3])
  })

  it.each(strays)('[SIG-2] %s is found', (_name, opening, seq) => {
    expect(strayOpening(opening, frozen)).toBe(seq)
  })
})
