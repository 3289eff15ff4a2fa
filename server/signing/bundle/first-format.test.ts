// Records and events of the first format: read as today's, written again as they were, never taken for what they are not.
import { describe, expect, it } from 'vitest'
import { fixtureFile } from '#server/testing/fixture.ts'
import { type EventDefinition, readBody, type WireName } from '#shared/protocol/define.ts'
import { signing } from '#shared/signing/capability.ts'
import { CHAIN_EVENTS } from '#shared/signing/chain-catalogue.ts'
import { releaseSealed, signatureSealed, versionSealed } from '#shared/signing/chain-protocol.ts'
import { SIGNATURE_SCHEMES } from '#shared/signing/schemes.ts'
import { inFirstFormat, payloadOf } from '#shared/signing/seal-payload.ts'
import type { SealedRecord } from '#shared/signing/sealed-records.ts'
import { signatureGiven } from '#shared/signing/signing-protocol.ts'
import { VERIFIERS } from '#shared/signing/verifiers.ts'
import { chainIn, filesOf } from '../testing/forger.ts'

const { events } = chainIn(filesOf(fixtureFile('2026-11', 'bundle.zip')))
const DEFINITIONS: readonly EventDefinition<WireName, SealedRecord>[] = [versionSealed, signatureSealed, releaseSealed]
const stored = events.flatMap(({ type, version, body }) => {
  const definition = DEFINITIONS.find(({ name }) => name === type)
  return definition ? [{ definition, version, body: JSON.parse(body ?? '') as Record<string, unknown> }] : []
})

describe('a record of the first format', () => {
  it('[DOC-18] is read with scheme, format and the algorithm of each digest', () => {
    expect(stored.map(({ version }) => version)).toEqual([1, 1, 1, 1, 1])
    const read = stored.map(({ definition, version, body }) => readBody(definition, version, body))
    expect(read.map(({ seal }) => seal.scheme)).toEqual(Array(5).fill('bitim-seal/1'))
    expect(read.flatMap((record) => (record.record === 'signature' ? [record.scheme] : []))).toEqual(Array(3).fill('bitim-p256-cms/1'))
    expect(read.at(-1)).toMatchObject({ record: 'release', bundleFormat: 1 })
    expect(JSON.stringify(read)).not.toMatch(/"[0-9a-f]{64}"/)
  })

  it('[DOC-18] gives its seal the very payload that was sealed', () => {
    for (const { definition, version, body } of stored) {
      const record = readBody(definition, version, body)
      const { seal: _, ...payload } = body
      expect(payloadOf(record)).toEqual(payload)
      if (record.record !== 'closing') expect(inFirstFormat(record)).toEqual(payload)
    }
  })

  it('[DOC-18] stays what it is: a body of one version is none of the other', () => {
    for (const { definition, body } of stored) {
      const today = readBody(definition, 1, body)
      expect(readBody(definition, 2, today)).toEqual(today)
      expect(() => readBody(definition, 2, body)).toThrow()
      expect(() => readBody(definition, 1, today)).toThrow()
    }
  })

  it('[DOC-18] a signature given before is read from its own line, and carries its first seal into the release', () => {
    const [, signature] = stored
    const { record: _record, participantId: _person, cms: _cms, ...facts } = signature?.body ?? {}
    const given = readBody(signatureGiven, 1, { ...facts, fileId: 'f'.repeat(22) })
    expect(given).toMatchObject({ scheme: 'bitim-p256-cms/1', seal: { scheme: 'bitim-seal/1' } })
    expect(given.signatureDigest).toMatch(/^sha-256:[0-9a-f]{64}$/)
  })
})

describe('a scheme', () => {
  it('[DOC-18] has one verifier, and what has none is in no event', () => {
    expect(Object.keys(VERIFIERS)).toEqual([...SIGNATURE_SCHEMES])
    const [, signature] = stored
    const today = readBody<SealedRecord>(signatureSealed, 1, signature?.body)
    for (const scheme of ['', 'ncalayer-gost/1', undefined]) expect(() => readBody(signatureSealed, 2, { ...today, scheme })).toThrow()
    expect([...signing.events, ...CHAIN_EVENTS].filter(({ version }) => version > 1).map(({ upgrades }) => Object.keys(upgrades))).toEqual([
      ['1'],
      ['1'],
      ['1'],
      ['1', '2'],
    ])
  })
})
