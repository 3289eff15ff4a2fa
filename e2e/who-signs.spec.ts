// Nobody signs for another in silence: a mediator who comes in as a party, and a code that passes through no hands but the signer's.
import { expect, test } from '@playwright/test'
import { answered } from '#server/testing/http-world.ts'
import { type MailServer, openMailServer } from '#server/testing/mail-server.ts'
import { readOutList } from '#shared/identity/invitation-protocol.ts'
import { PASSWORD } from './office.ts'
import { PHONE, type Someone } from './people.ts'
import { type Platform, startPlatform } from './platform.ts'
import { askToFreeze, comeIn, type Invited, mediatorComesIn, quickCase, quickOwner } from './quick-case.ts'
import { sayHowRead } from './room.ts'

test.describe.configure({ timeout: 120_000 })
let box: MailServer
let platform: Platform
test.beforeAll(async () => {
  box = await openMailServer()
  platform = await startPlatform({ SMTP_URL: box.url, MAIL_FROM: 'Bitim <no-reply@example.kz>' })
})
test.afterAll(async () => {
  await platform.stop()
  await box.close()
})

/** As the code screen says: who read the text, and the code. */
async function signWith(person: Someone, code: () => Promise<string>): Promise<void> {
  await person.press('signing.sign')
  await sayHowRead(person)
  await person.field('signing.new-code.label').fill(await code())
  await person.press('signing.sign')
  await person.sees('signing.stands')
}

function codeIn(from: number): () => Promise<string> {
  return async () => {
    await expect.poll(() => box.mails.length).toBeGreaterThan(from)
    return /\b\d{6}\b/.exec(box.mails.at(-1)?.mail.text ?? '')?.[0] ?? ''
  }
}

test('[DAY-3] the mediator comes in as a party after the closing: the party’s telephone tells, nothing is signed, and the certificate says all of it', async ({
  browser,
}) => {
  const staff = await quickOwner(platform)
  const quick = await quickCase(platform, staff)
  const [first, second] = quick.people
  const mediator = await mediatorComesIn(browser, platform, quick)
  const aigul = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await quick.mediator.fillDraft('Условие согласовано.')

  await test.step('she confirms her own address on her telephone', async () => {
    await aigul.page.getByRole('button', { name: aigul.say('rooms.tab.help') }).click()
    await aigul.press('rooms.access')
    await aigul.field('signing.contact.mail').fill('aigul@example.kz')
    const before = box.mails.length
    await aigul.press('signing.contact.send')
    await aigul.field('signing.contact.code').fill(await codeIn(before)())
    await aigul.press('signing.contact.confirm')
    await expect(aigul.page.getByText('aigul@example.kz')).toBeVisible()
    await aigul.press('ui.close', aigul.dialog())
  })

  expect(await askToFreeze(quick)).toBe(true)
  await aigul.page.getByRole('button', { name: aigul.say('rooms.tab.draft') }).click()
  await aigul.sees('signing.title')

  const intruder = await test.step('somebody comes in as her, with a link and a code that the mediator made', async () => {
    const someone = await comeIn(browser, first, { locale: 'ru' })
    await someone.sees('signing.title')
    await someone.press('signing.sign')
    await someone.sees('signing.reason.new-device')
    const { codes } = answered(await staff.call(readOutList, { caseId: quick.caseId }))
    expect(codes).toEqual([])
    return someone
  })

  await test.step('her telephone asks; she says that it is not her, and the other is out', async () => {
    await aigul.sees('identity.access.later')
    await expect(aigul.page.getByRole('alert')).toContainText(aigul.say('identity.access.code.read-out'))
    await aigul.page.getByRole('button', { name: aigul.say('identity.access.not-mine') }).click()
    await aigul.press('identity.access.end.do', aigul.dialog())
    await expect(aigul.page.getByText(aigul.say('identity.access.later'))).toHaveCount(0)
    await expect(intruder.page.getByText(intruder.say('signing.title'))).toHaveCount(0)
  })

  await test.step('she signs with the code that came to her address; the mediator’s list stays empty', async () => {
    const before = box.mails.length
    await signWith(aigul, codeIn(before))
    expect(box.mails.at(-1)?.to).toEqual(['aigul@example.kz'])
    expect(answered(await staff.call(readOutList, { caseId: quick.caseId })).codes).toEqual([])
  })

  await test.step('the other side, who confirmed nothing, reads that the mediator knows the code', async () => {
    await pavel.press('signing.sign')
    await expect(pavel.page.getByText(pavel.say('signing.code-way.read-out'))).toBeVisible()
    await sayHowRead(pavel)
    await pavel.field('signing.new-code.label').fill(await readOut(second))
    await pavel.press('signing.sign')
    await pavel.sees('signing.stands')
    for (const secret of ['aigul@example.kz', aigul.say('identity.access.later')]) expect(await pavel.page.content()).not.toContain(secret)
  })

  await test.step('the mediator signs last', async () => {
    await mediator.press('rooms.talk-short')
    await mediator.press('signing.sign')
    await sayHowRead(mediator)
    await mediator.field('signing.password').fill(PASSWORD)
    await mediator.press('signing.sign')
    for (const person of [mediator, aigul, pavel]) await person.sees('signing.released')
  })

  for (const person of [mediator, aigul, pavel]) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }

  async function readOut({ participantId }: Invited): Promise<string> {
    const code = async () =>
      answered(await staff.call(readOutList, { caseId: quick.caseId })).codes.find((each) => each.participantId === participantId)?.code
    await expect.poll(code).toBeTruthy()
    return (await code()) ?? ''
  }
})
