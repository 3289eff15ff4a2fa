// What goes over the wire of the draft while its screens come and go, on a real server in a real browser.
import { expect, type Page, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { DESKTOP, PHONE, type Someone } from './people.ts'
import { allReady, comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { openDraft, readDraft, saved, typeUnder } from './room.ts'

const own = ownPlatform()

/** Every frame of the draft's lane, as it went over the page's sockets; carets are no part of the text and may be lost. */
function draftFrames(page: Page) {
  const sent: string[] = []
  const received: string[] = []
  const keep = (list: string[], payload: string | Buffer) => {
    const frame = payload.toString()
    if (/^4\d+\["(d|draft:(?!caret)[a-z]+)"/.test(frame)) list.push(frame)
  }
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => keep(sent, payload))
    socket.on('framereceived', ({ payload }) => keep(received, payload))
  })
  return { sent, received }
}

test('[DRA-181] [DRA-179] the board and a phone’s tabs cost no frame of the draft, and move no number', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  const stays = draftFrames(pavel.page)
  await pavel.page.reload()
  await openDraft(pavel)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const goes = draftFrames(mediator.page)
  await mediator.page.reload()
  await mediator.press('rooms.talk-short')
  await openDraft(mediator)
  const before = await allReady(quick)
  const joins = [...goes.sent]
  expect(joins.filter((frame) => frame.includes('"draft:join"'))).toHaveLength(1)

  for (let times = 0; times < 3; times++) await roundTrip(mediator)
  expect(goes.sent).toEqual(joins)
  expect(goes.received).toEqual([])
  expect(await allReady(quick)).toBe(before)

  // what somebody writes while the mediator is at the board is sent to both alike, and is there on the way back
  await mediator.press('rooms.board-short')
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru' })
  await typeUnder(aigul, 'Обязательства', 'Покупатель платит долг')
  await saved(aigul)
  await expect(await openDraft(pavel)).toContainText('платит долг')
  await mediator.press('rooms.talk-short')
  await expect(mediator.page.getByRole('textbox', { name: mediator.say('drafting.text') })).toContainText('платит долг')
  expect(goes.received).toEqual(stays.received)
  expect(goes.sent).toEqual(joins)
  for (const person of [mediator, pavel, aigul]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})

test('[DRA-180] what was typed before going to the board is taken back by undo afterwards', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await mediator.press('rooms.talk-short')
  await typeUnder(mediator, 'Обязательства', 'слова медиатора')
  await saved(mediator)
  await mediator.press('rooms.board-short')
  await mediator.press('rooms.talk-short')
  const text = await openDraft(mediator)
  await expect(text).toContainText('слова медиатора')
  await text.click()
  await mediator.page.keyboard.press('Control+z')
  await expect(text).not.toContainText('слова медиатора')
  expect(mediator.complaints).toEqual([])
  await mediator.context.close()
})

/** To the board and back, and both of a phone's tabs. */
async function roundTrip(mediator: Someone): Promise<void> {
  await mediator.press('rooms.board-short')
  await mediator.press('rooms.talk-short')
  await readDraft(mediator)
  await mediator.page.setViewportSize(PHONE)
  await readDraft(mediator)
  await mediator.page.getByRole('button', { name: mediator.say('rooms.tab.talk') }).click()
  await readDraft(mediator)
  await mediator.page.setViewportSize(DESKTOP)
  await readDraft(mediator)
}
