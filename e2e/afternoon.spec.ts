// A mediator's afternoon with three sides: a lawyer who comes late, an interpreter for the meeting, an observer with everybody's consent,
// voice for all and apart, a photo for the mediator alone, words that may cross. Whoever waits learns nothing of any of it.
import { expect, test } from '@playwright/test'
import { answered } from '#server/testing/http-world.ts'
import { casePersonAdd } from '#shared/cases/case-routes.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { addOnCasePage, comesInOnPhone, connectedAs, granted, toBoard } from './added-people.ts'
import { joinCall, openJointCall, resumeJointCall, talkApart } from './join-calls.ts'
import { giveEars, hearsNothingOf, hearsTone, type Tone } from './listening.ts'
import { overhear, roomsIn, saysSomething, wordsIn } from './overheard.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { CHROMIUM } from './playwright.config.ts'
import { addressOf, comeIn, mediatorComesIn, newId, quickCase } from './quick-case.ts'
import { admit, goTo, hears, writeFirst } from './room.ts'
import { invoicePhoto } from './sample-files.ts'
import { choose, sendAll } from './sending-files.ts'

test.use({
  launchOptions: { ...CHROMIUM, args: [...CHROMIUM.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] },
})
const own = ownPlatform()

const APART = 'Бізге мамырға дейін уақыт керек, бірақ бұл арамызда қалсын.'
const ALLOWED = 'Мамырға дейін күтсеңіздер, толық төлейміз.'
const ADVICE = 'Адвокат ретінде кеңесім: мерзімін жазайық.'

/** Whoever is at a screen of their own, with ears, and with everything kept that their page is sent. */
function listening(tone: Tone) {
  let frames: readonly string[] = []
  const before = async (page: Someone['page']) => {
    frames = overhear({ page } as Someone) // its page alone is listened to
    await giveEars(page, tone)
  }
  return { before, frames: () => frames }
}

test('[CAU-3] [CAL-81] [CRO-12] [FIL-75] [ROO-100] [ROO-105] [WAI-20] an afternoon with three sides, a late lawyer, an interpreter, an observer, files and voice', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const quick = await quickCase(own.platform, own.staff, { withThird: true })
  const [first, second, third] = quick.people
  if (!third) throw new Error('three sides')
  const mediator = await mediatorComesIn(browser, own.platform, quick, (page) => giveEars(page, 'mediator'))
  const aigul = await comeIn(browser, first, { locale: 'ru', viewport: PHONE, before: (page) => giveEars(page, 'aigul') })
  const [atDesk, onPhone] = [listening('pavel'), listening('pavel')]
  const pavel = await comeIn(browser, second, { locale: 'ru', before: atDesk.before })
  const saule = await comeIn(browser, third, { locale: 'ru', viewport: PHONE, before: onPhone.before })

  await test.step('people come whom nobody knew of this morning', async () => {
    await mediator.page.goto(`${addressOf(own.platform)}/office/cases/${quick.caseId}`)
    await addOnCasePage(mediator, 0, 'lawyer', 'Мария Жук')
    await addOnCasePage(mediator, 3, 'interpreter', 'Динара Әли')
    const observer = { participantId: newId<ParticipantId>(), role: 'observer', name: 'Нұрлан Бек', language: 'kk' } as const
    answered(await own.staff.call(casePersonAdd, { caseId: quick.caseId, ...observer }))
  })
  const lawyer = await comesInOnPhone(browser, quick, 'Мария Жук', 'lawyer')
  const interpreter = await connectedAs(own.platform, quick, 'Динара Әли')
  const observer = await connectedAs(own.platform, quick, 'Нұрлан Бек')

  await test.step('each of them is let in as their role allows', async () => {
    await toBoard(mediator, own.platform, quick)
    await admit(mediator, 'Мария Жук')
    await lawyer.page.getByRole('tab', { name: lawyer.say('rooms.all') }).waitFor()
    const letIn = async (name: string) => {
      await granted(mediator, name)
        .getByRole('button', { name: mediator.say('rooms.grants.let-in') })
        .first()
        .click()
      await mediator.press('rooms.grants.do', mediator.dialog())
      await expect(granted(mediator, name).getByText(mediator.say('rooms.grants.with-session'))).toBeVisible()
    }
    await letIn('Динара Әли')
    await granted(mediator, 'Нұрлан Бек')
      .getByRole('button', { name: mediator.say('rooms.grants.ask') })
      .first()
      .click()
    for (const person of [aigul, pavel, saule]) await person.press('rooms.consents.yes')
    await letIn('Нұрлан Бек')
    await interpreter.say(messagePost, { audience: 'all', id: newId(), text: 'Мен аудармашымын.' })
    for (const person of [aigul, pavel, saule, lawyer]) await hears(person, 'Мен аудармашымын.')
  })

  await test.step('all hear each other', async () => {
    await mediator.press('rooms.talk-short')
    await openJointCall(mediator)
    await joinCall(aigul)
    await joinCall(pavel)
    await saule.press('calls.offer.later')
    await Promise.all([hearsTone(aigul, 'pavel'), hearsTone(pavel, 'aigul'), hearsTone(mediator, 'pavel')])
  })

  await test.step('one side alone with the mediator, by voice, in writing and with a photo', async () => {
    await goTo(mediator, /Береке/)
    await talkApart(mediator)
    for (const person of [pavel, saule]) await person.sees('calls.paused.title')
    await hearsNothingOf(pavel, 'aigul')
    const [saidAtDesk, saidOnPhone] = [atDesk.frames().length, onPhone.frames().length]
    await joinCall(aigul)
    await Promise.all([hearsTone(mediator, 'aigul'), hearsTone(aigul, 'mediator')])
    await expect(aigul.button('waiting.open')).toHaveCount(0) // she talks; the others wait
    await saule.sees('waiting.title')
    await goTo(aigul, aigul.say('rooms.mediator'))
    await writeFirst(aigul, APART)
    await choose(aigul, [await invoicePhoto()])
    await sendAll(aigul)
    await aigul.sees('rooms.sync-status.sent')
    await goTo(lawyer, lawyer.say('rooms.mediator'))
    await hears(lawyer, APART)
    await writeFirst(lawyer, ADVICE)
    await hears(mediator, ADVICE)
    await aigul.page.getByRole('article').filter({ hasText: APART }).getByRole('button').click()
    await aigul.page.getByRole('menuitem', { name: aigul.say('crossing.menu') }).click()
    await aigul.page.getByRole('radio', { name: aigul.say('crossing.tell.word-for-word') }).check()
    await aigul.press('crossing.tell.next', aigul.dialog())
    await aigul.field('crossing.allow.words').fill(ALLOWED)
    await aigul.page.getByRole('radio', { name: new RegExp(aigul.say('crossing.to.all')) }).check()
    await aigul.press('crossing.allow.do', aigul.dialog())
    await aigul.sees('crossing.bar.allowed')
    await hearsNothingOf(pavel, 'mediator')

    // one more word for all, so that whatever was to come to the others has come
    await quick.mediator.say(messagePost, { audience: 'all', id: newId(), text: 'Скоро продолжим.' })
    const apart = sideAudience(first.sideId)
    for (const [person, all, from] of [
      [pavel, atDesk.frames(), saidAtDesk],
      [saule, onPhone.frames(), saidOnPhone],
    ] as const) {
      await hears(person, 'Скоро продолжим.')
      const told = all.slice(from)
      expect(told.filter(saysSomething)).toHaveLength(1)
      expect(roomsIn(told)).not.toContain(apart)
      for (const secret of [APART, ALLOWED, ADVICE, 'Фото 1', apart]) expect(wordsIn(all)).not.toContain(secret)
    }
    for (const outside of [interpreter, observer]) expect(await outside.read(apart)).toEqual([])
  })

  await test.step('exactly these words cross, and all go on together', async () => {
    await mediator.press('rooms.board-short')
    await mediator.press('crossing.bar.show')
    await mediator.press('crossing.deliver')
    for (const person of [pavel, saule]) {
      await hears(person, ALLOWED)
      await expect(person.page.getByRole('article').filter({ hasText: ALLOWED })).toContainText(person.say('messaging.released'))
    }
    await resumeJointCall(mediator)
    await hearsTone(pavel, 'mediator')
    expect((await observer.read('all')).some(({ body }) => body?.includes(ALLOWED))).toBe(true)
  })

  for (const person of [mediator, aigul, pavel, saule, lawyer]) {
    if (person.onPhone) expect(await person.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
})
