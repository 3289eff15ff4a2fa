// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { registerRoomReasons } from '#client/app/room/reasons.ts'
import { renderCase, roomIn } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { viewOf } from '#shared/log/decide.ts'
import { emptyAudience } from '#shared/log/fold.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { emptySeqMap, valuesOf, withValue } from '#shared/log/seq-map.ts'
import { type Message, messagingFold } from '#shared/messaging/messaging-state.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { Conversation } from './Conversation.tsx'
import { RoomComposer } from './RoomComposer.tsx'
import type { TimelineEvent } from './timeline.ts'

beforeAll(() => {
  addDialog()
  registerRoomReasons()
  window.matchMedia ??= () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
})
afterEach(cleanup)

const t = testTranslate('en')
const CAUCUS = sideAudience(BEREKE)

function running() {
  const world = smallCase().happen(sessionStarted, 'case', {})
  for (const [person, side] of [
    [AIGUL, BEREKE],
    [PAVEL, DALA],
  ] as const)
    world.enter(person).confirm(person).join(person, 'all', sideAudience(side))
  return world.confirm(MED)
}

function roomOf(
  world: ReturnType<typeof running>,
  person: ParticipantId,
  audience: Audience,
  options: Parameters<typeof renderCase>[3] = {},
  roomEvents: readonly TimelineEvent[] = [],
) {
  const room = roomIn(world, person, audience)
  const shown = renderCase(
    world,
    person,
    <>
      <Conversation room={room} roomEvents={roomEvents} older={null} />
      <RoomComposer room={room} alone={false} />
    </>,
    options,
  )
  return { ...shown }
}
const messagesIn = (world: ReturnType<typeof running>) =>
  viewOf(world.seenBy(PAVEL).audiences).state(messagingFold, 'all') ?? messagingFold.initial
/** As if what was said before this number had not been fetched yet. */
function withoutOlder(world: ReturnType<typeof running>, seq: number): CaseSnapshot['audiences'] {
  const { audiences } = world.seenBy(PAVEL)
  const messages = valuesOf(messagesIn(world).messages, seq - 1).reduce(
    (map, each) => withValue(map, each.seq, each),
    emptySeqMap<Message>(),
  )
  const all = audiences.get('all') ?? emptyAudience('all')
  return new Map(audiences).set('all', { ...all, slices: { ...all.slices, [messagingFold.name]: { ...messagesIn(world), messages } } })
}
const conversation = () => screen.getByRole('region', { name: t('messaging.conversation') })
const write = (field: string, text: string) => fireEvent.change(screen.getByRole('textbox', { name: field }), { target: { value: text } })
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('a conversation', () => {
  it.each(LOCALES)('[LIV-34] where nobody has written says so, and what is said here to whom: %s', (locale) => {
    const say = testTranslate(locale)
    roomOf(running(), AIGUL, 'all', { locale })
    screen.getByText(say('messaging.empty.title'))
    screen.getByText(say('messaging.empty.all'))
    cleanup()
    roomOf(running(), MED, CAUCUS, { locale })
    screen.getByText(say('messaging.empty.side'))
  })

  it('[LIV-34] says so also below what has happened in the room, until something was said', () => {
    const happened = [{ key: 'one', seq: 1, at: 0, words: 'the session has begun' }]
    roomOf(running(), AIGUL, 'all', {}, happened)
    const [line, empty] = [screen.getByText(/the session has begun/), screen.getByText(t('messaging.empty.title'))]
    expect(line.compareDocumentPosition(empty)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
    cleanup()
    roomOf(running().say(PAVEL, 'all', 'Понимаем.'), AIGUL, 'all', {}, happened)
    expect(screen.queryByText(t('messaging.empty.title'))).toBeNull()
  })

  it('[LIV-16] says who wrote, of which side, and to whom; of one’s own words that they are stored', () => {
    const world = running().say(AIGUL, 'all', 'Оплатим в декабре.').say(MED, 'all', 'Спасибо.').say(PAVEL, 'all', 'Понимаем.')
    roomOf(world, PAVEL, 'all')
    const log = within(conversation())
    log.getByText('Оплатим в декабре.')
    log.getByText('Айгүл Серік')
    log.getByText(`Береке · ${t('messaging.all.on-message')}`, { exact: false })
    log.getByText(t('rooms.role.mediator'), { exact: false })
    log.getByText(t('messaging.state.stored', { readers: t('messaging.all.on-message') }))
  })

  it('[LIV-16] is drawn anew by what happens, and the words of others are spoken', async () => {
    const world = running().say(AIGUL, 'all', 'Первое.')
    const { told } = roomOf(world, PAVEL, 'all')
    world.say(MED, 'all', 'Второе.')
    await told()
    within(conversation()).getByText('Второе.')
    expect(screen.getByRole('status').textContent).toBe(t('messaging.announce', { name: 'Ерлан Омаров', text: 'Второе.' }))
  })

  it('[MSG-31] speaks of what is taken away before one’s eyes, not of what older words show to have been taken away long ago', async () => {
    const world = running().say(AIGUL, 'all', 'Первое.').say(AIGUL, 'all', 'Второе.')
    const seqs = valuesOf(messagesIn(world).messages).map(({ seq }) => seq)
    const takenAway = (seq = 0) => world.happen(bodyRedacted, 'all', { epoch: 0, seq }, AIGUL)
    takenAway(seqs[0])
    const { told } = roomOf(world, PAVEL, 'all', { snapshot: { audiences: withoutOlder(world, seqs[1] ?? 0) } })
    expect(within(conversation()).queryByText('Айгүл Серік', { selector: 'p *' })).toBeNull()
    await told()
    within(conversation()).getByText('Айгүл Серік', { exact: false, selector: 'p *' })
    expect(screen.getByRole('status').textContent).toBe('')
    takenAway(seqs[1])
    await told()
    expect(screen.getByRole('status').textContent).toContain('Айгүл Серік')
  })

  it('[LIV-70] what is refused stays with its reason, and is sent again only by its author', async () => {
    const answers: CommandAck[] = [
      { ok: false, problem: { kind: 'conflict', reason: 'messaging/readers-changed', details: { names: ['Мария Жук'] } } },
    ]
    const { sent, timePasses } = roomOf(running(), AIGUL, CAUCUS, { answer: () => answers.shift() })
    write(t('messaging.mediator.field'), 'Только вам.')
    press(t('messaging.mediator.send'))
    press(t('messaging.mediator.send'))
    await timePasses(6_000)
    screen.getByText(t('messaging.reason.readers-changed', { names: 'Мария Жук' }))
    expect(sent).toHaveLength(1)
    press(t('messaging.refused.send-anyway'))
    await timePasses(0)
    expect(sent.map(({ input }) => (input as { text: string }).text)).toEqual(['Только вам.', 'Только вам.'])
  })

  it.each([
    ['where nobody can write any more', { kind: 'conflict', reason: 'messaging/closed' }, false, false],
    ['once it can pass', { kind: 'conflict', reason: 'messaging/closed' }, true, true],
    ['refused for what it holds', { kind: 'invalid', reason: 'text/bidirectional', field: 'text' }, true, false],
    ['where the case is full', { kind: 'conflict', reason: 'log/case-full' }, true, false],
  ] as const)('[LIV-71] "send again" is never offered where it would only be refused again: %s', async (_, problem, open, offered) => {
    const world = running()
    const { told, timePasses } = roomOf(world, AIGUL, 'all', { answer: () => ({ ok: false, problem }) })
    write(t('messaging.all.field'), 'Ждём.')
    press(t('messaging.all.send'))
    press(t('messaging.all.send'))
    await timePasses(6_000)
    if (!open) world.happen(sessionEnded, 'case', {})
    await told()
    const refused = within(screen.getByRole('region', { name: t('messaging.refused.title') }))
    expect(refused.queryByRole('button', { name: t('messaging.refused.again') }) !== null).toBe(offered)
    refused.getByRole('button', { name: t('messaging.refused.edit') })
    refused.getByRole('button', { name: t('messaging.refused.discard') })
  })
})

describe('the composer', () => {
  it.each(LOCALES)('[LIV-15] asks before the first message of a room, naming who will read it: %s', async (locale) => {
    const say = testTranslate(locale)
    const { sent } = roomOf(running(), AIGUL, CAUCUS, { locale })
    write(say('messaging.mediator.field'), 'Біз үшін маңызды')
    press(say('messaging.mediator.send'))
    const question = screen.getByRole('alertdialog', { name: say('messaging.question.title') })
    within(question).getByText('Ерлан Омаров', { exact: false })
    within(question).getByText('Біз үшін маңызды')
    press(say('messaging.question.back'))
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Біз үшін маңызды')
    expect(sent).toEqual([])
  })

  it('[LIV-15] what is confirmed waits five seconds in which it can be taken back', async () => {
    const { sent, timePasses } = roomOf(running(), AIGUL, 'all')
    write(t('messaging.all.field'), 'Погорячилась.')
    press(t('messaging.all.send'))
    press(t('messaging.all.send'))
    screen.getByText(t('messaging.held.all'))
    press(t('ui.undo'))
    await timePasses(6_000)
    expect(sent).toEqual([])
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('Погорячилась.')
  })

  it.each(LOCALES)('[LIV-15] the five seconds name the same readers as the question did: %s', (locale) => {
    const say = testTranslate(locale)
    const held = (person: ParticipantId, audience: Audience, send: string, words: string) => {
      roomOf(running().join(MARIA, 'all', sideAudience(DALA)).say(AIGUL, directAudience(AIGUL), 'Күтіп отырмын.'), person, audience, {
        locale,
      })
      fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Сөз' } })
      press(send)
      press(send)
      screen.getByText(words)
      cleanup()
    }
    held(AIGUL, CAUCUS, say('messaging.mediator.send'), say('messaging.held.mediator'))
    held(PAVEL, sideAudience(DALA), say('messaging.mediator.send-with'), say('messaging.held.mediator-with'))
    held(MED, CAUCUS, say('messaging.side.send'), say('messaging.held.side'))
    held(MED, directAudience(AIGUL), say('messaging.direct.send'), say('messaging.held.direct'))
  })

  it('[LIV-72] what was confirmed goes out when its seconds are over, though the session has ended meanwhile', async () => {
    const world = running()
    const { sent, told, timePasses } = roomOf(world, AIGUL, 'all')
    write(t('messaging.all.field'), 'Согласны на 500.')
    press(t('messaging.all.send'))
    press(t('messaging.all.send'))
    world.happen(sessionEnded, 'case', {})
    await told()
    screen.getByText(t('messaging.closed.between'), { exact: false })
    await timePasses(6_000)
    expect(sent.map(({ input }) => (input as { text: string }).text)).toEqual(['Согласны на 500.'])
  })

  it('[MSG-5] says by how much a message is too long, and sends nothing', () => {
    const { sent } = roomOf(running(), AIGUL, 'all')
    write(t('messaging.all.field'), 'ы'.repeat(4_003))
    expect(screen.getByText(/too long/).textContent).toContain('Split')
    press(t('messaging.all.send'))
    expect(screen.queryByRole('alertdialog')).toBeNull()
    expect(sent).toEqual([])
  })

  it.each(LOCALES)('[LIV-34] gives way to the reason where nobody can write: %s', (locale) => {
    const world = smallCase().enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', CAUCUS)
    roomOf(world, AIGUL, 'all', { locale })
    expect(screen.queryByRole('textbox')).toBeNull()
    screen.getByText(testTranslate(locale)('messaging.closed.not-begun'))
  })
})
