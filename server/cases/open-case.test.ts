import { describe, expect, it } from 'vitest'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { newCase } from '#server/testing/platform-world.ts'
import type { CaseBody } from '#shared/cases/case-protocol.ts'
import type { NewCase } from '#shared/cases/case-routes.ts'
import { type AccountId, asId, type InvitationId } from '#shared/kernel/ids.ts'
import { type MediatorFacts, makeOpenCase } from './open-case.ts'

const ACCOUNT = asId<AccountId>('account'.padEnd(22, '_'))

function opening(mediator: MediatorFacts) {
  const opened: CaseBody[] = []
  const open = makeOpenCase({
    openLog: async (_caseId, body) => opened.push(body),
    list: async () => undefined,
    clock: setClock(),
    entropy: seededEntropy('open'),
    mediatorFacts: async () => mediator,
    invite: async () => asId<InvitationId>('invitation'.padEnd(22, '_')),
  })
  return { opened, open: (more: Partial<NewCase> = {}) => open(ACCOUNT, { ...newCase(), ...more }) }
}

const plain: MediatorFacts = { name: 'Ерлан Омаров', organisation: '', noOrganisation: true, registerNumber: '27', language: 'ru' }

describe('opening a case', () => {
  it.each<[string, Partial<MediatorFacts>]>([
    ['a name', { name: '北京' }],
    ['an organisation', { organisation: 'Орталық \ue000' }],
    ['a long organisation', { organisation: 'О'.repeat(161) }],
    ['a number', { registerNumber: '№\u2800' }],
  ])('[CHR-14] %s of an older profile that no agreement can print is named as the reason, and nothing is opened', async (_, part) => {
    const { opened, open } = opening({ ...plain, ...part })
    await expect(open()).rejects.toMatchObject({ problem: { kind: 'conflict', reason: 'cases/own-profile' } })
    expect(opened).toEqual([])
  })

  it('[CHR-14] a profile with hints to the layout is printed without them', async () => {
    const { opened, open } = opening({ ...plain, organisation: 'Бітім\u00ad орталығы', registerNumber: '№\u00a07' })
    await open()
    expect(opened[0]?.mediator).toMatchObject({ name: 'Ерлан Омаров', organisation: 'Бітім орталығы', registerNumber: '№ 7' })
  })

  it.each<[string, Partial<MediatorFacts>]>([
    ['no register number', { registerNumber: '' }],
    ['no organisation, nor that there is none', { noOrganisation: false }],
    ['an older profile, which says neither', { noOrganisation: undefined, registerNumber: '' }],
  ])('[CAS-30] %s: a case is not opened before the profile says what an agreement has to', async (_, part) => {
    const { opened, open } = opening({ ...plain, ...part })
    await expect(open()).rejects.toMatchObject({ problem: { kind: 'conflict', reason: 'cases/profile-incomplete' } })
    expect(opened).toEqual([])
  })

  it('[CAS-30] an organisation, or that there is none, is enough beside the number', async () => {
    for (const part of [{ organisation: 'Бітім орталығы', noOrganisation: undefined }, {}]) {
      const { opened, open } = opening({ ...plain, ...part })
      await open()
      expect(opened).toHaveLength(1)
    }
  })

  it('[CAS-45] a case has the number that its mediator gave it, or is given one that counts nothing', async () => {
    const { opened, open } = opening(plain)
    await open({ number: 'М-14/2026' })
    for (let index = 0; index < 20; index++) await open()
    const [own, ...given] = opened.map(({ number }) => number)
    expect(own).toBe('М-14/2026')
    expect(new Set(given).size).toBe(20)
    for (const number of given) expect(number).toMatch(/^\d{4}-\d{6}$/)
    expect(given).not.toEqual(given.toSorted())
  })
})
