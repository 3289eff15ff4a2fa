import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answered, type Browser, refused } from '#server/testing/http-world.ts'
import { addMediator, newCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caseCreate } from '#shared/cases/case-routes.ts'
import {
  MAX_UNFINISHED,
  UNFINISHED_DAYS,
  type UnfinishedCase,
  unfinishedList,
  unfinishedLook,
  unfinishedRemove,
  unfinishedSave,
} from '#shared/cases/unfinished-routes.ts'
import { staffRefresh } from '#shared/identity/staff-protocol.ts'
import { asId, type UnfinishedId } from '#shared/kernel/ids.ts'

const DAY = 86_400_000
const storage = memoryStorage()
let world: PlatformWorld
let owner: Browser
let staff: Browser
beforeAll(async () => {
  world = await platformWorld({ storage })
  owner = await setUpOwner(world)
  staff = await addMediator(world, owner)
})
afterAll(() => world.close())

let made = 0
const newId = () => asId<UnfinishedId>(`unfinished${++made}`.padEnd(22, '_'))
const person = { name: '', role: 'party', authority: '', language: 'kk', phone: '', email: '' } as const
const side = { kind: 'person', name: '', details: '', people: [person] } as const

/** As little as a form can hold. */
function form(part: Partial<UnfinishedCase> = {}): UnfinishedCase {
  const sides = [side, side].map((each) => ({ ...each, people: [...each.people] }))
  return { title: '', number: '', category: '', subject: '', voice: 'phone', draftLanguage: 'kk', date: '', place: '', sides, ...part }
}

const list = async (device: Browser) => answered(await device.call(unfinishedList, {})).unfinished
const save = (device: Browser, unfinishedId: UnfinishedId, version: number, title: string) =>
  device.call(unfinishedSave, { unfinishedId, version, form: form({ title }) })
const look = (device: Browser, unfinishedId: UnfinishedId) => device.call(unfinishedLook, { unfinishedId })

describe('unfinished cases', () => {
  it('[CAS-31] a half-filled form comes back as it was saved, with what no agreement could print, and is listed', async () => {
    const id = newId()
    const begun = form({
      title: '北京 — Береке',
      sides: [
        { ...side, name: 'Айгүл', people: [{ ...person, phone: '8 701' }] },
        { ...side, people: [person] },
      ],
    })
    expect(answered(await staff.call(unfinishedSave, { unfinishedId: id, version: 0, form: begun })).version).toBe(1)
    const found = answered(await look(staff, id))
    expect(found.form).toEqual(begun)
    expect(Math.abs(found.savedAt - world.clock.now())).toBeLessThan(60_000)
    expect(await list(staff)).toMatchObject([{ id, title: '北京 — Береке', sides: ['Айгүл', ''] }])
    answered(await staff.call(unfinishedRemove, { unfinishedId: id }))
    answered(await staff.call(unfinishedRemove, { unfinishedId: id }))
    expect(await list(staff)).toEqual([])
    expect(refused(await save(staff, id, 1, 'late'))).toBe('cases/unfinished-gone')
  })

  it('[CAS-32] it is of one account: to any other, the owner too, it does not exist, and stays as it was', async () => {
    const id = newId()
    answered(await save(staff, id, 0, 'mine'))
    for (const call of [look(owner, id), save(owner, id, 1, 'theirs'), save(owner, id, 0, 'theirs')]) {
      expect(refused(await call)).toBe('cases/unfinished-gone')
    }
    answered(await owner.call(unfinishedRemove, { unfinishedId: id }))
    answered(await owner.call(caseCreate, { ...newCase(), unfinishedId: id }))
    expect(await list(owner)).toEqual([])
    expect(answered(await look(staff, id)).form.title).toBe('mine')
    answered(await staff.call(unfinishedRemove, { unfinishedId: id }))
  })

  it('[CAS-32] it rests encrypted', async () => {
    const id = newId()
    answered(await save(staff, id, 0, 'Құпия атау'))
    const resting = JSON.stringify(await storage.records.all('unfinished-cases'))
    expect(resting).not.toContain('Құпия')
    expect(resting.length).toBeGreaterThan(100)
    answered(await staff.call(unfinishedRemove, { unfinishedId: id }))
  })

  it('[CAS-33] of two tabs the second is told, an answer that was lost is given again, and the newest is never overwritten', async () => {
    const id = newId()
    answered(await save(staff, id, 0, 'one'))
    expect(answered(await save(staff, id, 0, 'one')).version).toBe(1)
    expect(answered(await save(staff, id, 1, 'two')).version).toBe(2)
    expect(answered(await save(staff, id, 1, 'two')).version).toBe(2)
    expect(refused(await save(staff, id, 1, 'other'))).toBe('cases/changed-elsewhere')
    expect(refused(await save(staff, id, 0, 'other'))).toBe('cases/changed-elsewhere')
    const raced = await Promise.all([save(staff, id, 2, 'left'), save(staff, id, 2, 'right')])
    expect(raced.filter(({ ok }) => ok)).toHaveLength(1)
    answered(await staff.call(unfinishedRemove, { unfinishedId: id }))
  })

  it('[CAS-34] it goes when the case is opened, and at most so many wait', async () => {
    const ids = Array.from({ length: MAX_UNFINISHED }, newId)
    for (const id of ids) answered(await save(staff, id, 0, id))
    expect(refused(await save(staff, newId(), 0, 'one too many'))).toBe('cases/too-many-unfinished')
    const [opened, ...others] = ids
    if (opened === undefined) throw new Error('many')
    answered(await staff.call(caseCreate, { ...newCase(), unfinishedId: opened }))
    expect((await list(staff)).map(({ id }) => id).sort()).toEqual([...others].sort())
    for (const unfinishedId of others) answered(await staff.call(unfinishedRemove, { unfinishedId }))
  })

  it('[CAS-35] ninety days after its last change it is gone from the storage; one that was touched stays', async () => {
    const [left, touched] = [newId(), newId()]
    const stored = async () => (await storage.records.all('unfinished-cases')).map(({ id }) => id)
    staff = await addMediator(world, owner) // whose session is renewed from now on
    answered(await save(staff, left, 0, 'left'))
    answered(await save(staff, touched, 0, 'touched'))
    const pass = async (milliseconds: number) => {
      world.clock.shift(milliseconds)
      await world.platform.due.runDue()
      staff.token = answered(await staff.call(staffRefresh, {})).token
    }
    await pass(40 * DAY)
    answered(await save(staff, touched, 1, 'touched again'))
    await pass((UNFINISHED_DAYS - 40) * DAY - 60_000)
    expect(await stored()).toHaveLength(2)
    await pass(120_000)
    expect(await stored()).toEqual([touched])
    expect(refused(await look(staff, left))).toBe('cases/unfinished-gone')
    expect(answered(await look(staff, touched)).form.title).toBe('touched again')
    await pass((UNFINISHED_DAYS - 5) * DAY)
    await pass(5 * DAY)
    expect(await stored()).toEqual([])
  })
})
