import { describe, expect, it } from 'vitest'
import { freezeRequested, readyGiven, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { ALIASES, withNewNames } from './aliases.ts'
import { readBody } from './define.ts'

const versionId = asId<VersionId>('v'.repeat(22))
const digest = 'a'.repeat(64)
const frozen = {
  ...{ versionId, textDigest: digest, pdfDigest: digest, textCode: '1234 5678 9012', language: 'kk' },
  ...{ textFileId: 't'.repeat(22), pdfFileId: 'p'.repeat(22), signers: ['s'.repeat(22), 'm'.repeat(22)] },
}

describe('old names', () => {
  it('[VOC-5] bodies of the draft’s events of version 1 are read as today’s', () => {
    expect(readBody(readyGiven, 1, { u: 7 })).toEqual({ revision: 7 })
    expect(readBody(freezeRequested, 1, { versionId, u: 7 })).toEqual({ versionId, revision: 7 })
    expect(readBody(versionFrozen, 1, { ...frozen, u: 7 })).toEqual({ ...frozen, revision: 7 })
  })

  it('[VOC-5] the old name is refused in a body of today', () => {
    expect(() => readBody(readyGiven, readyGiven.version, { u: 7 })).toThrow()
  })

  it('[VOC-5] at every depth, words and values stay as they are, and a second time changes nothing', () => {
    const kept = [{ seen: { audience: 'all', m: 3 }, state: { at: [{ m: 4 }] }, input: { text: 'm', list: null } }]
    const now = [{ seen: { audience: 'all', seq: 3 }, state: { at: [{ seq: 4 }] }, input: { text: 'm', list: null } }]
    expect(withNewNames(kept, ALIASES.kept)).toEqual(now)
    expect(withNewNames(now, ALIASES.kept)).toEqual(now)
  })
})
