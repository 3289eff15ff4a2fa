import { afterEach, describe, expect, it } from 'vitest'
import { setClock } from '#server/testing/clock.ts'
import { testDue } from '#server/testing/due.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { testId } from '#server/testing/test-id.ts'
import { CODE_TRIES } from '#shared/identity/join-fields.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { CODE_LIFE_MS, createOneTimeCodes } from './one-time-codes.ts'

const sign = { purpose: 'sign', subject: 'person version' }
const caseId = testId<CaseId>('case')
const participantId = testId<ParticipantId>('party')
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function fixture() {
  const storage = memoryStorage()
  closing.push(() => storage.close())
  const clock = setClock()
  const due = testDue(storage, clock)
  const common = { records: storage.records, due, clock, tokenKey: new Uint8Array(32).fill(6) }
  const make = () => createOneTimeCodes({ ...common, entropy: seededEntropy('codes') })
  return { codes: make(), clock, storage, restart: make }
}

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('a one-time code', () => {
  it('[IDE-24] is six digits, good once, and says how it went', async () => {
    const { codes, clock } = fixture()
    const { code, way, expiresAt } = await codes.makeCode(sign, { way: 'sms' })
    expect(code).toMatch(/^\d{6}$/)
    expect([way, expiresAt]).toEqual(['sms', clock.now() + CODE_LIFE_MS])
    expect(await codes.checkCode(sign, code)).toEqual({ ok: true, way: 'sms', madeAt: clock.now() })
    expect(await codes.checkCode(sign, code)).toEqual({ ok: false, reason: 'identity/code-used' })
  })

  it('[IDE-24] ends after ten minutes', async () => {
    const { codes, clock } = fixture()
    const { code } = await codes.makeCode(sign, { way: 'sms' })
    clock.set(clock.now() + CODE_LIFE_MS)
    expect(await codes.checkCode(sign, code)).toEqual({ ok: false, reason: 'identity/code-expired' })
  })

  it('[IDE-24] is for one purpose and subject, however they are spelled together', async () => {
    const { codes } = fixture()
    const { code } = await codes.makeCode({ purpose: 'sign', subject: 'a' }, { way: 'sms' })
    for (const of of [
      { purpose: 'join', subject: 'a' },
      { purpose: 'sign', subject: 'b' },
      { purpose: 'sig', subject: 'na' },
      { purpose: 'signa', subject: '' },
    ]) {
      expect(await codes.checkCode(of, code)).toEqual({ ok: false, reason: 'identity/code-missing' })
    }
  })

  it('[IDE-24] a new one voids the one before', async () => {
    const { codes } = fixture()
    const first = await codes.makeCode(sign, { way: 'sms' })
    const second = await codes.makeCode(sign, { way: 'sms' })
    expect(await codes.checkCode(sign, first.code)).toMatchObject({ reason: 'identity/wrong-code' })
    expect(await codes.checkCode(sign, second.code)).toMatchObject({ ok: true })
  })

  it('[IDE-16] five wrong tries lock it, counted across a restart; a new code opens', async () => {
    const { codes, restart } = fixture()
    const { code } = await codes.makeCode(sign, { way: 'sms' })
    for (let left = CODE_TRIES - 1; left > 2; left--) {
      expect(await codes.checkCode(sign, other(code))).toEqual({ ok: false, reason: 'identity/wrong-code', left })
    }
    const later = restart()
    for (let left = 2; left > 0; left--) expect(await later.checkCode(sign, other(code))).toMatchObject({ left })
    expect(await later.checkCode(sign, other(code))).toEqual({ ok: false, reason: 'identity/code-locked' })
    expect(await later.checkCode(sign, code)).toEqual({ ok: false, reason: 'identity/code-locked' })
    const fresh = await later.makeCode(sign, { way: 'sms' })
    expect(await later.checkCode(sign, fresh.code)).toMatchObject({ ok: true })
  })

  it('[IDE-16] a hundred wrong tries at once are five tries', async () => {
    const { codes } = fixture()
    const { code } = await codes.makeCode(sign, { way: 'sms' })
    const answers = await Promise.all(Array.from({ length: 100 }, () => codes.checkCode(sign, other(code))))
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'identity/wrong-code')).toHaveLength(CODE_TRIES - 1)
    expect(await codes.checkCode(sign, code)).toMatchObject({ ok: false })
  })

  it('[IDE-15] the right code given twice at once is accepted once', async () => {
    const { codes } = fixture()
    const { code } = await codes.makeCode(sign, { way: 'sms' })
    const answers = await Promise.all([1, 2, 3].map(() => codes.checkCode(sign, code)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it('[IDE-15] stays good when what it opens fails', async () => {
    const { codes } = fixture()
    const { code } = await codes.makeCode(sign, { way: 'sms' })
    await expect(codes.checkCode(sign, code, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    expect(await codes.checkCode(sign, code)).toMatchObject({ ok: true })
  })

  it("[IDE-24] one to be read out is shown to the case's mediators until it is used", async () => {
    const { codes, clock } = fixture()
    const { code, expiresAt } = await codes.makeCode(sign, { way: 'read-out', showTo: { caseId, participantId } })
    await codes.makeCode({ purpose: 'sign', subject: 'other' }, { way: 'sms', showTo: { caseId, participantId } })
    expect(await codes.toReadOut(caseId)).toEqual([{ participantId, purpose: 'sign', code, expiresAt }])
    expect(await codes.toReadOut(testId<CaseId>('other'))).toEqual([])
    await codes.checkCode(sign, code)
    expect(await codes.toReadOut(caseId)).toEqual([])
    await codes.makeCode(sign, { way: 'read-out', showTo: { caseId, participantId } })
    clock.set(clock.now() + CODE_LIFE_MS)
    expect(await codes.toReadOut(caseId)).toEqual([])
  })

  it('[IDE-10] rests as nothing that could be tried', async () => {
    const { codes, storage } = fixture()
    const { code } = await codes.makeCode(sign, { way: 'read-out', showTo: { caseId, participantId } })
    expect(JSON.stringify(await storage.records.all('one-time-codes'))).not.toContain(code)
  })

  it('[IDE-16] no digit is likelier than another', async () => {
    const { codes } = fixture()
    const counts = new Map<string, number>()
    for (let i = 0; i < 600; i++) {
      const { code } = await codes.makeCode(sign, { way: 'sms' })
      for (const digit of code) counts.set(digit, (counts.get(digit) ?? 0) + 1)
    }
    for (const count of counts.values()) expect(count).toBeGreaterThan(280)
    expect(counts.size).toBe(10)
  })
})
