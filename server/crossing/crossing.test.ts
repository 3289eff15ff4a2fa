// Words that cross, over the real log: what each of three sides, their mediators and a killed server get.
import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { act, idOf, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationEnd } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personAdd, personEnd } from '#shared/cases/people-protocol.ts'
import {
  messageMark,
  permissionDeliver,
  permissionDelivered,
  permissionGive,
  permissionRedact,
  permissionWithdraw,
  wordingAnswer,
  wordingAsk,
  wordingRedact,
} from '#shared/crossing/crossing-protocol.ts'
import { crossingFold, mayBeTold, permissionsIn } from '#shared/crossing/crossing-state.ts'
import { readersThere } from '#shared/crossing/permission-target.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { ParticipantId, PermissionId, WordingId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { stateIn } from '#shared/log/fold.ts'
import { messagePost, messageRedact, messageReleased } from '#shared/messaging/messaging-protocol.ts'

/** Kept to the letter: two kinds of blanks and dashes, emoji, a line break. */
const WORDS = 'Егер мамырға дейін күтсе — біз 1 200 000 теңгеге келісеміз 🤝\nБасқа шарт жоқ.'
const permissionId = idOf<PermissionId>('permission')
const wordingId = idOf<WordingId>('wording')

async function begin(seed = 'crossing') {
  const storage = memoryStorage()
  const world = supplyCase(3)
  const log = serverOver({ storage, seed })
  await openSession(log, world)
  return { storage, world, log }
}

let { storage, world, log } = await begin()
const source = () => sideAudience(world.sides[0])
const aigul = () => world.people[0]
const pavel = () => world.people[1]
const maria = () => world.people[2] ?? world.people[0]

beforeEach(async () => {
  const begun = await begin()
  storage = begun.storage
  world = begun.world
  log = begun.log
})

async function refusal(asked: Promise<unknown>): Promise<string> {
  try {
    await asked
    return 'accepted'
  } catch (cause) {
    if (cause instanceof AppError) return [cause.problem.kind, cause.problem.reason].filter(Boolean).join(' ')
    throw cause
  }
}

/** Whom the device of this person names: as their own view has it. */
async function named(actor: Person, to: Audience): Promise<ParticipantId[]> {
  const { audiences } = await log.state(world.caseId)
  const mine = ['case', 'all', sideAudience(actor.sideId ?? idOf('none')), directAudience(actor.id)] as const
  const view = viewOf(new Map(mine.flatMap((audience) => (audiences.has(audience) ? [[audience, audiences.get(audience)] as never] : []))))
  const state = stateIn(audiences, caseFold, 'case')
  if (!state) throw new Error('no case')
  return [...readersThere(to, { view, state, now: 0 })]
}

interface Given {
  readonly to?: Audience
  readonly words?: { kind: 'own'; text: string } | { kind: 'wording'; wordingId: WordingId }
  readonly id?: PermissionId
  readonly replaces?: PermissionId
}

async function give(actor: Person, { to = 'all', words = { kind: 'own', text: WORDS }, id = permissionId, replaces }: Given = {}) {
  const input = { audience: source(), permissionId: id, what: words, to, readers: await named(actor, to) }
  return act(log, actor, permissionGive, replaces ? { ...input, replaces } : input)
}

const deliver = async (actor: Person = world.mediator, id = permissionId, audience = source(), seq?: number) => {
  const crossing = stateIn((await log.state(world.caseId)).audiences, crossingFold, audience)
  return act(log, actor, permissionDeliver, { audience, permissionId: id, seq: seq ?? crossing?.permissions[id]?.seq ?? 1 })
}
const withdraw = (actor: Person) => act(log, actor, permissionWithdraw, { audience: source(), permissionId })
const read = (actor: Person, audience: Audience) => log.readAs(world.caseId, actor.id, audience, 0, 1_000)
const releasedIn = async (actor: Person, audience: Audience) =>
  (await read(actor, audience)).filter(({ type }) => type === messageReleased.name).map(({ body }) => JSON.parse(body ?? 'null'))
const crossingState = async () => stateIn((await log.state(world.caseId)).audiences, crossingFold, source()) ?? crossingFold.initial
const stage = async (id = permissionId) => (await crossingState()).permissions[id]?.state.stage

async function sayApart(text: string) {
  const { audiences } = await log.state(world.caseId)
  const head = audiences.get(source())
  const seen = { audience: source(), epoch: head?.epoch ?? 1, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  const [place] = await act(log, aigul(), messagePost, { audience: source(), id: idOf('m'), text }, { seen })
  return { audience: source(), epoch: place?.epoch ?? 0, seq: place?.seq ?? 0 }
}

describe('exactly these words to these people', () => {
  it('[CRO-10] [CRO-12] a permission crosses byte for byte, under its owner’s name, and nothing of where it was said comes with it', async () => {
    for (const to of ['all', sideAudience(world.sides[1]), directAudience(pavel().id)] as const) {
      await give(aigul(), { to, id: idOf<PermissionId>(`to-${to.split(':')[0]}`) })
      await deliver(world.mediator, idOf<PermissionId>(`to-${to.split(':')[0]}`))
      const [released, more] = await releasedIn(pavel(), to)
      expect(more).toBeUndefined()
      expect(released).toEqual({ id: expect.any(String), text: WORDS, author: aigul().id })
      const event = (await read(pavel(), to)).find(({ type }) => type === messageReleased.name)
      expect(event?.by).toBe(world.mediator.id)
      for (const secret of [source(), 'permission', `to-${to}`]) expect(JSON.stringify(event)).not.toContain(secret)
    }
    expect(await releasedIn(maria(), 'all')).toHaveLength(1)
  })

  it('[CRO-2] [CRO-4] it stands in its room with the words, every reader, the level of identity and a sentence in its owner’s language', async () => {
    await give(aigul(), { to: sideAudience(world.sides[1]) })
    const [permission] = permissionsIn(await crossingState())
    const everyone = [world.mediator.id, pavel().id]
    expect(permission).toMatchObject({ owner: aigul().id, text: WORDS, readers: everyone, language: 'kk', identityLevel: 'link-and-code' })
    for (const words of ['Айгүл Серік', 'Павел Ким', 'Ерлан Омаров', 'Сторона 2', 'рұқсат беремін'])
      expect(permission?.sentence).toContain(words)
    expect(permission?.sentence).not.toContain('Мария')
  })

  it.each<[string, (ids: ParticipantId[]) => ParticipantId[]]>([
    ['somebody who reads there is not named', (ids) => ids.slice(1)],
    ['somebody is named who does not', (ids) => [...ids, idOf<ParticipantId>('nobody')]],
  ])('[CRO-2] refused where %s', async (_what, change) => {
    const readers = change(await named(aigul(), 'all'))
    const input = { audience: source(), permissionId, what: { kind: 'own', text: WORDS }, to: 'all', readers } as const
    expect(await refusal(act(log, aigul(), permissionGive, input))).toBe('conflict crossing/readers-changed')
  })

  it('[CRO-3] nobody gives one for another room, into the same room, to nowhere, or as a mediator', async () => {
    expect(await refusal(give(pavel()))).toBe('not-found')
    expect(await refusal(give(world.mediator))).toBe('forbidden')
    expect(await refusal(give(aigul(), { to: source() }))).toBe('invalid')
    for (const to of ['case', 'mediators', sideAudience(idOf('none')), directAudience(idOf('nobody'))] as const)
      expect(
        await refusal(
          act(log, aigul(), permissionGive, {
            audience: source(),
            permissionId,
            what: { kind: 'own', text: 'а' },
            to,
            readers: [aigul().id],
          }),
        ),
      ).toBe('invalid')
  })
})

describe('no other way', () => {
  it('[CRO-11] an unmarked message, a marked one, one’s id and a permission of another room are all refused', async () => {
    const place = await sayApart(WORDS)
    expect(await refusal(deliver(world.mediator, idOf<PermissionId>('m')))).toBe('not-found')
    await act(log, aigul(), messageMark, { ...place, mark: 'you-may-tell' })
    expect(await refusal(deliver(world.mediator, idOf<PermissionId>('m')))).toBe('not-found')
    await give(aigul())
    expect(await refusal(deliver(world.mediator, permissionId, sideAudience(world.sides[1])))).toBe('not-found')
    expect(await refusal(deliver(aigul()))).toBe('forbidden')
    expect(await refusal(deliver(pavel()))).toBe('not-found')
    expect(await releasedIn(pavel(), 'all')).toEqual([])
  })

  it('[CRO-11] [CRO-60] one rule alone makes a released message or file, and no command that delivers takes words or another event', () => {
    const root = new URL('../../', import.meta.url)
    const sources = ['shared', 'server'].flatMap((tree) =>
      readdirSync(new URL(tree, root), { recursive: true, encoding: 'utf8' }).map((file) => `${tree}/${file}`),
    )
    const makers = sources.filter(
      (file) =>
        /(?<!test)\.ts$/.test(file) && /newEvent\(\s*(messageReleased|fileReleased)/.test(readFileSync(new URL(file, root), 'utf8')),
    )
    expect(makers).toEqual(['shared/crossing/decide-deliver.ts'])
    expect(Object.keys((permissionDeliver.input as never as { shape: object }).shape)).toEqual(['audience', 'permissionId', 'seq'])
  })

  it('[CRO-1] only its author marks a message and takes the mark back; removing the message takes the mark with it', async () => {
    const place = await sayApart('Склад можно освободить раньше')
    const marked = async () => mayBeTold(await crossingState(), place)
    expect(await refusal(act(log, world.mediator, messageMark, { ...place, mark: 'you-may-tell' }))).toBe('forbidden')
    expect(await refusal(act(log, pavel(), messageMark, { ...place, mark: 'you-may-tell' }))).toBe('not-found')
    expect(await refusal(act(log, aigul(), messageMark, { ...place, seq: 1, mark: 'you-may-tell' }))).toBe('not-found')
    await act(log, aigul(), messageMark, { ...place, mark: 'you-may-tell' })
    expect(await marked()).toBe(true)
    expect(await act(log, aigul(), messageMark, { ...place, mark: 'you-may-tell' })).toEqual([])
    await act(log, aigul(), messageMark, { ...place, mark: 'only-you' })
    expect(await marked()).toBe(false)
    await act(log, aigul(), messageMark, { ...place, mark: 'you-may-tell' })
    await act(log, aigul(), messageRedact, place)
    expect(await marked()).toBe(false)
    expect(await refusal(act(log, aigul(), messageMark, { ...place, mark: 'you-may-tell' }))).toBe('conflict messaging/already-removed')
  })
})

describe('taking it back', () => {
  it('[CRO-5] [CRO-11] withdrawn before delivery it crosses no more; delivered, a withdrawal is told that it is too late', async () => {
    await give(aigul())
    expect(await refusal(withdraw(world.mediator))).toBe('forbidden')
    await withdraw(aigul())
    expect(await refusal(deliver())).toBe('conflict crossing/withdrawn')
    expect(await withdraw(aigul())).toEqual([])
    expect(await stage()).toBe('withdrawn')
    const second = idOf<PermissionId>('second')
    await give(aigul(), { id: second })
    await deliver(world.mediator, second)
    expect(await refusal(deliver(world.mediator, second))).toBe('conflict crossing/delivered')
    expect(await refusal(act(log, aigul(), permissionWithdraw, { audience: source(), permissionId: second }))).toBe(
      'conflict crossing/delivered',
    )
    expect(await releasedIn(pavel(), 'all')).toHaveLength(1)
  })

  it('[CRO-13] of a delivery and a withdrawal at once, on two servers, one is refused; both events stand or none', async () => {
    for (const first of ['deliver', 'withdraw'] as const) {
      const begun = await begin()
      ;({ storage, world, log } = begun)
      await give(aigul())
      const other = serverOver({ storage, seed: 'other' })
      await other.state(world.caseId)
      const asked = {
        deliver: () => deliver(),
        withdraw: () => act(other, aigul(), permissionWithdraw, { audience: source(), permissionId }),
      }
      const order = first === 'deliver' ? (['deliver', 'withdraw'] as const) : (['withdraw', 'deliver'] as const)
      const answers = await Promise.all(order.map((each) => refusal(asked[each]())))
      expect(answers.filter((each) => each === 'accepted')).toHaveLength(1)
      expect(answers.find((each) => each !== 'accepted')).toMatch(/^conflict crossing\/(delivered|withdrawn)$/)
      log = serverOver({ storage, seed: 'after' })
      const crossed = (await releasedIn(pavel(), 'all')).length
      expect(await stage()).toBe(crossed === 1 ? 'delivered' : 'withdrawn')
    }
  })

  it('[CRO-13] two mediators’ presses at once deliver once', async () => {
    await give(aigul())
    const answers = await Promise.all([refusal(deliver()), refusal(deliver())])
    expect(answers.toSorted()).toEqual(['accepted', 'conflict crossing/delivered'])
    expect(await releasedIn(maria(), 'all')).toHaveLength(1)
  })

  it('[CRO-13] a server that is killed while it delivers has delivered whole or not at all; the same press again does it once', async () => {
    const [given] = await give(aigul())
    const shown = { audience: source(), permissionId, seq: given?.seq ?? 0 }
    const id = idOf<never>('press')
    const killed = { ...storage.log, append: () => Promise.reject(new Error('killed')) }
    const dying = serverOver({ storage, seed: 'dying', log: killed as typeof storage.log }) // the one method that a kill cuts off
    const press = (server: typeof log) => act(server, world.mediator, permissionDeliver, shown, { id })
    expect(await refusal(press(dying))).not.toBe('accepted')
    log = serverOver({ storage, seed: 'next' })
    expect([await releasedIn(pavel(), 'all'), await stage()]).toEqual([[], 'given'])
    const places = await press(log)
    expect(await press(log)).toEqual(places)
    expect(places.map(({ audience }) => audience)).toEqual(['all', source()])
    log = serverOver({ storage, seed: 'last' })
    expect(await releasedIn(pavel(), 'all')).toHaveLength(1)
    expect((await read(aigul(), source())).at(-1)?.type).toBe(permissionDelivered.name)
  })
})

describe('where it may go now', () => {
  it('[CRO-14] somebody new who may read there was not named: not delivered, until its owner allows it anew for them too', async () => {
    await give(aigul())
    const newcomer = idOf<ParticipantId>('newcomer')
    const person = { participantId: newcomer, sideId: world.sides[1], role: 'representative', name: 'Асель Нур', language: 'kk' } as const
    await act(log, world.mediator, personAdd, person)
    expect(await refusal(deliver())).toBe('conflict crossing/readers-changed')
    const second = idOf<PermissionId>('second')
    await give(aigul(), { id: second, replaces: permissionId })
    expect([await stage(), await stage(second)]).toEqual(['withdrawn', 'given'])
    expect(await refusal(deliver())).toBe('conflict crossing/withdrawn')
    await deliver(world.mediator, second)
    expect((await releasedIn(pavel(), 'all'))[0]?.text).toBe(WORDS)
    expect(await refusal(give(aigul(), { id: idOf<PermissionId>('third'), replaces: second }))).toBe('conflict crossing/delivered')
  })

  it('[CRO-14] a reader who has gone since keeps nothing back', async () => {
    await give(aigul())
    await act(log, world.mediator, personEnd, { participantId: maria().id })
    await deliver()
    expect(await releasedIn(pavel(), 'all')).toHaveLength(1)
  })

  it('[CRO-15] not for somebody who was taken out of the case, nor in a closed one; a withdrawal works there as well', async () => {
    await give(aigul())
    await act(log, world.mediator, mediationEnd, { ground: 'expired' })
    expect(await refusal(deliver())).toBe('conflict crossing/closed')
    expect(await refusal(give(aigul(), { id: idOf<PermissionId>('late') }))).toBe('conflict crossing/closed')
    await withdraw(aigul())
    expect(await stage()).toBe('withdrawn')
  })

  it('[CRO-15] nothing is delivered for somebody who is no longer part of the case', async () => {
    await give(aigul())
    await act(log, world.mediator, personEnd, { participantId: aigul().id })
    expect(await refusal(deliver())).toBe('conflict crossing/owner-gone')
  })
})

describe('in my words, right?', () => {
  const ask = (of = aigul().id) => act(log, world.mediator, wordingAsk, { audience: source(), wordingId, of, text: WORDS })
  const answer = async (actor: Person, isRight: boolean, seq?: number) => {
    const shown = seq ?? (await crossingState()).wordings[wordingId]?.seq ?? 1
    return act(log, actor, wordingAnswer, { audience: source(), wordingId, seq: shown, isRight })
  }
  const allow = () => give(aigul(), { words: { kind: 'wording', wordingId } })

  it('[CRO-20] unconfirmed words are allowed for nobody; confirmed, what is released is byte for byte what was confirmed', async () => {
    await ask()
    expect(await refusal(allow())).toBe('conflict crossing/unconfirmed')
    expect(await refusal(deliver(world.mediator, wordingId as string as PermissionId))).toBe('not-found')
    expect(await refusal(answer(world.mediator, true))).toBe('forbidden')
    expect(await refusal(answer(pavel(), true))).toBe('not-found')
    await answer(aigul(), true)
    expect(await refusal(answer(aigul(), false))).toBe('conflict crossing/answered')
    await allow()
    await deliver()
    expect((await releasedIn(pavel(), 'all')).map(({ text }) => text)).toEqual([WORDS])
  })

  it('[CRO-20] a no is for good, and a wording is asked only of somebody of the room, by its mediator', async () => {
    expect(await refusal(ask(pavel().id))).toBe('conflict crossing/closed')
    expect(await refusal(act(log, aigul(), wordingAsk, { audience: source(), wordingId, of: aigul().id, text: 'а' }))).toBe('forbidden')
    await ask()
    await answer(aigul(), false)
    expect(await refusal(allow())).toBe('conflict crossing/unconfirmed')
  })

  it('[CRO-20] [CRO-211] a yes is to the words that were shown, whatever has come under their id since', async () => {
    const [shown] = await ask()
    await act(log, world.mediator, wordingRedact, { audience: source(), wordingId })
    await act(log, world.mediator, wordingAsk, { audience: source(), wordingId, of: aigul().id, text: 'Соглашаюсь на всё' })
    expect(await refusal(answer(aigul(), true, shown?.seq))).toBe('not-found')
    expect((await crossingState()).wordings[wordingId]?.isRight).toBeUndefined()
  })

  it('[CRO-10] [CRO-211] a press delivers the words that were shown, and no others that were allowed under their id since', async () => {
    const [shown] = await give(aigul())
    await act(log, aigul(), permissionRedact, { audience: source(), permissionId })
    await give(aigul(), { words: { kind: 'own', text: 'Жулик' } })
    expect(await refusal(deliver(world.mediator, permissionId, source(), shown?.seq))).toBe('not-found')
    expect(await releasedIn(pavel(), 'all')).toEqual([])
    await deliver()
  })

  it('[CRO-31] the mediator and whose words they are to be can destroy a wording', async () => {
    await ask()
    expect(await refusal(act(log, pavel(), wordingRedact, { audience: source(), wordingId }))).toBe('not-found')
    await act(log, aigul(), wordingRedact, { audience: source(), wordingId })
    expect(await refusal(answer(aigul(), true))).toBe('not-found')
    expect(JSON.stringify(await crossingState())).not.toContain('мамыр')
  })
})

describe('what is left of it', () => {
  it('[CRO-31] a destroyed permission delivers nothing; delivered words stay, also when the message that they came from is removed', async () => {
    const place = await sayApart(WORDS)
    await give(aigul())
    await act(log, aigul(), messageRedact, place)
    await deliver()
    const redact = (actor: Person) => act(log, actor, permissionRedact, { audience: source(), permissionId })
    expect(await refusal(redact(aigul()))).toBe('forbidden')
    expect(await refusal(redact(pavel()))).toBe('not-found')
    await redact(world.mediator)
    expect((await releasedIn(pavel(), 'all'))[0]?.text).toBe(WORDS)
    expect(await stage()).toBeUndefined()
    const second = idOf<PermissionId>('second')
    await give(aigul(), { id: second })
    await act(log, aigul(), permissionRedact, { audience: source(), permissionId: second })
    expect(await refusal(deliver(world.mediator, second))).toBe('not-found')
    const live = await crossingState()
    log = serverOver({ storage, seed: 'again' })
    expect(await crossingState()).toEqual(live)
  })
})
