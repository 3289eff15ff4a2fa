// People who hear each other: real connections between real browsers, each with a tone for a voice.
import { type Browser, expect, test } from '@playwright/test'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { joinCall, openJointCall, talkApart } from './join-calls.ts'
import { ears, giveEars, hearsNothingOf, hearsTone, type Tone } from './listening.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE, type Someone } from './people.ts'
import { CHROMIUM } from './playwright.config.ts'
import { comeIn, mediatorComesIn, type QuickCase, quickCase } from './quick-case.ts'
import { goTo } from './room.ts'

test.use({
  launchOptions: { ...CHROMIUM, args: [...CHROMIUM.args, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] },
})
const own = ownPlatform()

interface Talk {
  readonly quick: QuickCase
  readonly mediator: Someone
  readonly aigul: Someone
  readonly pavel: Someone
}

/** Aigul at a phone, the others at desks; nobody in a call yet. */
async function threePeople(browser: Browser): Promise<Talk> {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick, (page) => giveEars(page, 'mediator'))
  const withEars = (tone: Tone) => ({ before: (page: Someone['page']) => giveEars(page, tone) })
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE, ...withEars('aigul') })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru', ...withEars('pavel') })
  await mediator.press('rooms.talk-short')
  return { quick, mediator, aigul, pavel }
}

/** The mediator opens the joint call with a tested microphone; the others are asked, and join by their own press. */
async function jointCall({ mediator, aigul, pavel }: Talk): Promise<void> {
  await openJointCall(mediator)
  await aigul.sees('calls.offer.joint')
  expect(await ears(aigul)).toMatchObject({ open: 0, live: 0, atJoin: [] })
  await joinCall(aigul)
  await joinCall(pavel)
  await Promise.all([hearsTone(mediator, 'aigul'), hearsTone(mediator, 'pavel'), hearsTone(aigul, 'pavel'), hearsTone(pavel, 'mediator')])
}

function person(someone: Someone, name: string) {
  return someone.page
    .getByRole('list', { name: someone.say('calls.people') })
    .getByRole('listitem')
    .filter({ hasText: name })
}

async function goodbye({ mediator, aigul, pavel }: Talk): Promise<void> {
  for (const each of [mediator, aigul, pavel]) {
    expect(each.complaints).toEqual([])
    await each.context.close()
  }
}

test('[CAL-80] three people hear each other; a muted one is shown so and is not heard; a picture comes on request; a page loaded again asks', async ({
  browser,
}) => {
  const talk = await threePeople(browser)
  const { mediator, aigul, pavel } = talk
  await jointCall(talk)
  await expect(person(pavel, 'Айгүл')).toContainText(pavel.say('calls.mark.speaking'))

  await aigul.press('calls.mute')
  await expect(person(pavel, 'Айгүл')).toContainText(pavel.say('calls.mark.muted'))
  await aigul.sees('calls.muted')
  await hearsNothingOf(pavel, 'aigul')

  await pavel.press('calls.more')
  await pavel.page.getByLabel(pavel.say('calls.settings.show')).check()
  await pavel.press('ui.close', pavel.dialog())
  await expect(aigul.page.locator('video')).toHaveCount(0)
  await aigul.press('calls.more')
  await aigul.page.getByLabel(aigul.say('calls.settings.see')).check()
  await aigul.press('ui.close', aigul.dialog())
  const picture = aigul.page.getByLabel(aigul.say('calls.picture.of', { name: 'Павел Ким' }))
  await expect.poll(() => picture.evaluate((video: HTMLVideoElement) => video.videoWidth), { timeout: 30_000 }).toBeGreaterThan(0)

  await pavel.page.reload()
  await pavel.sees('calls.offer.was-in')
  expect(await ears(pavel)).toMatchObject({ open: 0, live: 0 })
  await expect(person(mediator, 'Павел')).toHaveCount(0)
  await joinCall(pavel)
  await hearsTone(mediator, 'pavel')
  await goodbye(talk)
})

test('[CAL-81] a talk apart by voice begins with a pause for all; nobody in the joint call hears a tone of it, and stepping over ends the sound first', async ({
  browser,
}) => {
  const talk = await threePeople(browser)
  const { mediator, aigul, pavel } = talk
  await jointCall(talk)

  await goTo(mediator, /Береке/)
  await talkApart(mediator)
  await pavel.sees('calls.paused.title')
  await expect.poll(async () => (await ears(pavel)).open + (await ears(pavel)).live).toBe(0)
  await joinCall(aigul)
  await Promise.all([hearsTone(mediator, 'aigul'), hearsTone(aigul, 'mediator')])
  await aigul.sees('calls.hears.side')
  await Promise.all([hearsNothingOf(pavel, 'aigul'), hearsNothingOf(pavel, 'mediator')])

  // into the second call of this device: when it was asked for nothing of the first was left but the microphone that had been tested
  const steps = (await ears(mediator)).atJoin
  expect(steps.at(-1)).toEqual({ open: 0, live: 1 })

  await mediator.press('calls.leave')
  await hearsNothingOf(aigul, 'mediator')
  await mediator.press('calls.paused.resume')
  await mediator.press('calls.enter.do.resume', mediator.dialog())
  await hearsTone(pavel, 'mediator')
  await pavel.sees('calls.muted')
  await hearsNothingOf(mediator, 'pavel')
  await aigul.sees('calls.hears.side')
  await pavel.press('calls.speak')
  await hearsTone(mediator, 'pavel')
  await goodbye(talk)
})

test('[CAL-82] after the server was restarted they hear each other again; whoever is taken out hears nothing more', async ({ browser }) => {
  const talk = await threePeople(browser)
  const { quick, mediator, aigul, pavel } = talk
  await jointCall(talk)
  const all = [mediator, aigul, pavel]
  const joined = await Promise.all(all.map(async (each) => (await ears(each)).atJoin.length))
  await own.platform.restart()
  // until they have asked for their places anew they hear each other by the connections of before
  const back = async () =>
    (await Promise.all(all.map(ears))).every(({ atJoin, open }, which) => atJoin.length > (joined[which] ?? 0) && open === 2)
  await expect.poll(back, { timeout: 30_000 }).toBe(true)
  await Promise.all([hearsTone(aigul, 'pavel'), hearsTone(pavel, 'aigul'), hearsTone(mediator, 'pavel')])

  const connection = await quick.reconnect()
  await connection.say(personEnd, { participantId: quick.people[1].participantId })
  await expect.poll(async () => (await ears(pavel)).open + (await ears(pavel)).live).toBe(0)
  await Promise.all([hearsNothingOf(pavel, 'mediator'), hearsNothingOf(mediator, 'pavel'), hearsTone(mediator, 'aigul')])
  await goodbye(talk)
})
