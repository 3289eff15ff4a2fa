// What stays of the room where there is little height, and that looking for a word moves nothing of the frame.
import { expect, type Page, test } from '@playwright/test'
import { answered } from '#server/testing/http-world.ts'
import { casePersonAdd } from '#shared/cases/case-routes.ts'
import { caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { consentAsk } from '#shared/rooms/consent-protocol.ts'
import { estimateGive } from '#shared/waiting/estimate-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE } from './people.ts'
import { comeIn, mediatorComesIn, newId, quickCase } from './quick-case.ts'
import { goTo, writeFirst } from './room.ts'

const own = ownPlatform()

const LOW = [
  { width: 740, height: 360 },
  // 1280 × 720 at 200 % zoom
  { width: 640, height: 360 },
]

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not shown`)
  return box
}

for (const viewport of LOW) {
  test(`[UI-105] header, switch, conversation and composer stay at ${viewport.width} × ${viewport.height}`, async ({ browser }) => {
    const quick = await quickCase(own.platform, own.staff)
    const [first, second] = quick.people
    await second.connection.say(messagePost, { audience: 'all', id: newId(), text: 'Ждём до пятницы' })
    const aigul = await comeIn(browser, first, { locale: 'ru', viewport })
    const { page } = aigul
    await expect(page.getByRole('article').getByText('Ждём до пятницы')).toBeVisible()
    for (const writing of [false, true]) {
      if (writing) await page.locator('.ui-composer textarea').focus()
      const [header, rooms, talk, field, send] = await Promise.all(
        ['.ui-header', '.ui-rooms', '.ui-scroll', '.ui-composer textarea', '.ui-composer .ui-button[type=submit]'].map((each) =>
          boxOf(page, each),
        ),
      )
      expect(header?.height).toBeLessThanOrEqual(46)
      expect(rooms?.height).toBeLessThanOrEqual(50)
      expect(talk?.height).toBeGreaterThanOrEqual(150)
      for (const box of [header, rooms, talk, field, send]) {
        expect(box?.y).toBeGreaterThanOrEqual(0)
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height)
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width)
      }
      await expect(page.locator('.ui-composer .ui-ribbon')).toBeInViewport()
    }
    expect(aigul.complaints).toEqual([])
    await aigul.context.close()
  })
}

test('[UI-130] below notices and a long ribbon the question before the first message can be answered on a phone', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await writeFirst(aigul, 'Добрый день.')
  await aigul.reads('rooms.alerts.question') // asked after the first own words, and not answered
  await quick.mediator.say(caucusInvite, { sideId: quick.people[0].sideId })
  await aigul.reads('caucus.invitation.title', aigul.page.getByRole('note'))
  await goTo(aigul, aigul.say('rooms.mediator'))
  await writeFirst(aigul, 'Длинное сообщение, в нём много слов.\n'.repeat(12).trim())
  expect(aigul.complaints).toEqual([])
  await aigul.context.close()
})

test('[UI-234] what a party is asked on a phone stands before what they may do while they wait', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const observer = { participantId: newId<ParticipantId>(), role: 'observer', name: 'Нұрлан Бек', language: 'kk' } as const
  answered(await own.staff.call(casePersonAdd, { caseId: quick.caseId, ...observer }))
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await quick.mediator.say(estimateGive, { at: Date.now() + 600_000 })
  await expect(aigul.button('waiting.open')).toBeInViewport()
  await quick.mediator.say(consentAsk, { audience: 'all', participantId: observer.participantId })
  for (const answer of ['yes', 'no']) await expect(aigul.button(`rooms.consents.${answer}`)).toBeInViewport({ ratio: 1 })
  await aigul.press('rooms.consents.yes')
  await expect(aigul.button('waiting.open')).toBeInViewport()
  expect(aigul.complaints).toEqual([])
  await aigul.context.close()
})

test('[UI-231] what a mediator writes on a phone has the row to itself, its button below it, and the names of three sides can be read', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff, { withThird: true })
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const { page } = mediator
  await mediator.press('rooms.talk-short')
  await page.setViewportSize(PHONE)
  await goTo(mediator, /Дала Жем/)
  const begun = await boxOf(page, '.ui-composer textarea')
  expect(begun?.width, 'before anything is written').toBeGreaterThanOrEqual(PHONE.width - 32)
  await page.locator('.ui-composer textarea').fill('Если первый платёж сдвинется на январь, что для вас важно?')
  const [field, send] = await Promise.all(
    ['.ui-composer textarea', '.ui-composer .ui-button[type=submit]'].map((each) => boxOf(page, each)),
  )
  expect(field?.width).toBeGreaterThanOrEqual(PHONE.width - 32)
  expect(send?.y).toBeGreaterThanOrEqual((field?.y ?? 0) + (field?.height ?? 0))
  expect((send?.y ?? 0) + (send?.height ?? 0)).toBeLessThanOrEqual(PHONE.height)
  const cut = await page
    .locator('.ui-room-tab > span:first-of-type')
    .evaluateAll((names) => names.filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.textContent))
  expect(cut).toEqual([])
  await mediator.context.close()
})

test('[UI-106] looking for a word, or coming to a hidden place, moves nothing of the frame', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  for (let nth = 1; nth <= 30; nth++) await second.connection.say(messagePost, { audience: 'all', id: newId(), text: `Слово № ${nth}.` })
  for (const viewport of [PHONE, { width: 1000, height: 600 }, { width: 740, height: 360 }]) {
    const aigul = await comeIn(browser, first, { locale: 'ru', viewport })
    const { page } = aigul
    await expect(page.getByText('Слово № 30.')).toBeVisible()
    const frame = () =>
      page.evaluate(() =>
        ['.ui-room', '.ui-room-top', '.ui-room-talk', '.ui-rooms', '.ui-composer', '.ui-tabbar'].map((each) => {
          const { x, y, width, height } = document.querySelector(each)?.getBoundingClientRect() ?? new DOMRect()
          return [each, x, y, width, height]
        }),
      )
    const before = await frame()
    await page.evaluate(() => {
      const find = Reflect.get(window, 'find') as (words: string) => boolean // in every browser, in no type
      for (const words of ['Слово № 1.', 'Слово № 30.', 'Помощь', 'Меню']) find.call(window, words)
      for (const each of document.querySelectorAll('.ui-room *')) each.scrollIntoView()
    })
    expect(await frame(), JSON.stringify(viewport)).toEqual(before)
    expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0])
    await aigul.context.close()
  }
})
