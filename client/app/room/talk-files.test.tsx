// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { TextLoaderContext } from '#client/app/lazy-part.tsx'
import { ALL_TEXTS } from '#client/app/testing/all-texts.ts'
import { renderCase, roomIn } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import { FileAccessContext } from '#client/files/file-access.ts'
import { filesSaid } from '#client/files/files-said.ts'
import { testFile } from '#client/files/testing/test-file.ts'
import { testServer } from '#client/http/testing.ts'
import { ToolsProvider } from '#client/http/tools.tsx'
import { testTranslate } from '#client/i18n/testing.tsx'
import { Conversation } from '#client/messaging/Conversation.tsx'
import type { TimelineEvent } from '#client/messaging/timeline.ts'
import { SaidBesideContext, useUnread } from '#client/messaging/use-unread.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import { sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { Attach, useFileLines, useUnsentFiles } from './TalkFiles.tsx'

beforeAll(() => {
  // what is fetched may take its time on a busy machine
  configure({ asyncUtilTimeout: 30_000 })
  addDialog()
  window.matchMedia ??= () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }) as never
})
afterEach(cleanup)

const t = testTranslate('en')
const CAUCUS = sideAudience(BEREKE)

function running(): SmallCase {
  const world = smallCase().happen(sessionStarted, 'case', {})
  for (const [person, side] of [
    [AIGUL, BEREKE],
    [PAVEL, DALA],
  ] as const)
    world.enter(person).confirm(person).join(person, 'all', sideAudience(side))
  return world.confirm(MED)
}

const place = createStore<Audience>('all')

const NOTHING: readonly TimelineEvent[] = []
type FileItems = Parameters<typeof useFileLines>[2]
const noItems: FileItems = () => []

/** As the room puts it together. */
function Talk({ rooms, items }: { readonly rooms: (audience: Audience) => RoomView; readonly items: FileItems }) {
  const room = rooms(useStore(place))
  const lines = useFileLines(room, NOTHING, items)
  return (
    <div className="ui-talk-column">
      <p data-testid="unread">{useUnread()(room.audience).length}</p>
      <Conversation room={room} roomEvents={lines} older={null} unsent={useUnsentFiles(room)} />
      <Attach key={room.audience} room={room} />
    </div>
  )
}

function shown(
  world: SmallCase,
  person: ParticipantId,
  audience: Audience,
  options: Parameters<typeof renderCase>[3] = {},
  items = noItems,
) {
  place.set(audience)
  const rooms = (at: Audience) => roomIn(world, person, at)
  const { told } = renderCase(
    world,
    person,
    <ToolsProvider tools={testServer().tools}>
      <TextLoaderContext value={ALL_TEXTS}>
        <FileAccessContext value={{ freshToken: async () => ({ token: 't', expiresAt: Number.MAX_SAFE_INTEGER }) }}>
          <SaidBesideContext value={filesSaid}>
            <Talk rooms={rooms} items={items} />
          </SaidBesideContext>
        </FileAccessContext>
      </TextLoaderContext>
    </ToolsProvider>,
    options,
  )
  return { told, go: (to: Audience) => act(async () => place.set(to)) }
}
const conversation = (say = t) => screen.getByRole('region', { name: say('messaging.conversation') })
const line = (name: string) => screen.findByRole('button', { name: new RegExp(name) })

describe('files in a talk', () => {
  it.each(LOCALES)('[FIL-79] stand where they were sent, with name, size and a line that says who sees them: %s', async (locale) => {
    const say = testTranslate(locale)
    const world = testFile(running().say(AIGUL, 'all', 'before'), { name: 'Invoice 14.jpg', by: AIGUL, text: 'this one' }).say(
      PAVEL,
      'all',
      'after',
    )
    shown(world, PAVEL, 'all', { locale })
    await line('Invoice 14')
    const text = conversation(say).textContent ?? ''
    expect(text.indexOf('before')).toBeLessThan(text.indexOf('Invoice 14'))
    expect(text.indexOf('this one')).toBeLessThan(text.indexOf('after'))
    expect(text).toContain(say('files.sees.all'))
    expect(text).toContain('420')
    expect(screen.queryByText(say('messaging.empty.title'))).toBeNull()
  })

  it('[FIL-79] stand under the name and the role of whoever sent them', async () => {
    const side = sideAudience(DALA)
    const world = testFile(running().enter(MARIA).confirm(MARIA).join(MARIA, side), { name: '3.jpg', by: MARIA, audience: side })
    shown(world, PAVEL, side)
    await line('3.jpg')
    within(conversation()).getByText(t('rooms.role.representative', { side: 'Дала Жем' }), { exact: false })
  })

  it('[FIL-79] that line follows from who reads the room now: with one more reader it is another one', async () => {
    const alone = testFile(running(), { name: '1.jpg', by: AIGUL, audience: CAUCUS })
    shown(alone, AIGUL, CAUCUS)
    await line('1.jpg')
    within(conversation()).getByText(t('files.sees.mediator'))
    cleanup()
    const together = testFile(running().enter(MARIA).confirm(MARIA).join(MARIA, sideAudience(DALA)), {
      name: '2.jpg',
      by: PAVEL,
      audience: sideAudience(DALA),
    })
    shown(together, PAVEL, sideAudience(DALA))
    await line('2.jpg')
    within(conversation()).getByText(t('files.sees.mediator-with', { names: 'Мария Жук' }))
    cleanup()
    shown(together, MED, sideAudience(DALA))
    await line('2.jpg')
    within(conversation()).getByText(t('files.sees.side', { names: 'Павел Ким and Мария Жук' }))
  })

  it('[FIL-79] a file is new for others until it was seen, and not for whoever sent it', async () => {
    const world = testFile(running(), { name: '1.jpg', by: AIGUL })
    shown(world, PAVEL, 'all')
    expect(screen.getByTestId('unread').textContent).toBe('1')
    cleanup()
    shown(world, AIGUL, 'all')
    expect(screen.getByTestId('unread').textContent).toBe('0')
  })

  it('[CRO-63] one that was passed on stands under the name of whose it is, with permission; its own author sees it so too', async () => {
    const world = testFile(running(), { name: '3.jpg', by: MED, author: AIGUL })
    for (const person of [PAVEL, AIGUL]) {
      shown(world, person, 'all')
      await line('3.jpg')
      const text = conversation().textContent ?? ''
      expect(text).toContain('Айгүл')
      expect(text).toContain(t('messaging.released'))
      expect(text).not.toContain('Ерлан')
      cleanup()
    }
  })

  it('[CRO-61] the menu of a file of one’s own says who may learn of it; nobody else’s does', async () => {
    const asks = [{ id: 'tell', label: 'Who may learn of it', onSelect: () => undefined }]
    const world = testFile(running(), { name: '4.jpg', by: AIGUL, audience: CAUCUS })
    for (const [person, shownTimes] of [
      [AIGUL, 1],
      [MED, 0],
    ] as const) {
      shown(world, person, CAUCUS, {}, () => asks)
      await line('4.jpg')
      fireEvent.click(within(conversation()).getByRole('button', { name: /\d\d:\d\d/ }))
      const entries = [...document.querySelectorAll('[role=menuitem]')].filter((each) => each.textContent === 'Who may learn of it')
      expect(entries).toHaveLength(shownTimes)
      cleanup()
    }
  })

  it('[FIL-77] where one was taken away its line says whose it was and who took it, and nothing of it is there', async () => {
    const world = testFile(running(), { name: '1.jpg', by: AIGUL, text: 'secret' })
    const { told } = shown(world, PAVEL, 'all')
    await line('1.jpg')
    world.happen(bodyRedacted, 'all', { epoch: 0, seq: 4, bodyDigest: '' } as never, MED) // its place is what is read of it
    await told()
    await screen.findByText(/File removed/)
    expect(conversation().textContent).not.toMatch(/1\.jpg|secret/)
    expect(conversation().textContent).toContain('Айгүл Серік')
    expect(conversation().textContent).toContain('Ерлан Омаров')
  })

  it('[FIL-70] where data is saved the picture waits for a press, and its file can be opened all the same', async () => {
    Object.defineProperty(navigator, 'connection', { value: { saveData: true }, configurable: true })
    shown(testFile(running(), { name: '1.jpg', by: AIGUL }), PAVEL, 'all')
    await screen.findByRole('button', { name: t('files.show') })
    Reflect.deleteProperty(navigator, 'connection')
  })

  it('[FIL-80] opened it shows, behind a tap, its fingerprint in fours, how it came, when and by whom', async () => {
    shown(testFile(running(), { name: '1.jpg', by: AIGUL, evidence: 'original' }), PAVEL, 'all')
    fireEvent.click(await line('1.jpg'))
    const dialog = await screen.findByRole('dialog')
    within(dialog).getByText('abab '.repeat(16).trim())
    within(dialog).getByText(t('files.view.how.original'))
    within(dialog).getByText(/Айгүл Серік, /)
    within(dialog).getByText(t('files.sees.all'))
  })

  it('[FIL-75] the button stands where one may send, and only there', async () => {
    shown(running(), PAVEL, 'all')
    screen.getByRole('button', { name: t('files.attach') })
    cleanup()
    shown(running().happen(sessionEnded, 'case', {}), PAVEL, 'all')
    expect(screen.queryByRole('button', { name: t('files.attach') })).toBeNull()
  })

  it('[FIL-67] what was chosen in one room is gone with it: it is never asked about, nor sent, in another', async () => {
    const world = running()
    const { go } = shown(world, AIGUL, 'all')
    const input = document.querySelector('input[type=file]')
    if (!input) throw new Error('no chooser')
    fireEvent.change(input, { target: { files: [new File(['x'], 'x.png', { type: 'image/png' })] } })
    expect((await screen.findByRole('dialog')).textContent).toContain(t('files.attach'))
    await go(CAUCUS)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('[FIL-76] a picture that was pasted is asked about; words that bring a picture of themselves are pasted as words', async () => {
    shown(running(), PAVEL, 'all')
    const picture = new File(['x'], 'x.png', { type: 'image/png' })
    const paste = (types: readonly string[]) =>
      fireEvent.paste(screen.getByRole('button', { name: t('files.attach') }), { clipboardData: { files: [picture], types } })
    expect(paste(['text/plain', 'text/html', 'Files'])).toBe(true)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(paste(['Files'])).toBe(false)
    await waitFor(() => expect(screen.getByRole('dialog').textContent).toContain('x.png'))
  })
})
