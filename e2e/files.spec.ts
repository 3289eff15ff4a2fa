// Files as people send them: a photo of an invoice from a telephone, several papers at once, and all that may happen on the way.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { type FileFacts, filePosted } from '#shared/files/files-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { everythingOn, keptOnDevice } from './kept-on-device.ts'
import { overhear, roomsIn, saysSomething, wordsIn } from './overheard.ts'
import { ownPlatform } from './own-platform.ts'
import { DESKTOP, PHONE, type Someone } from './people.ts'
import { type Connection, comeIn, mediatorComesIn, newId, quickCase } from './quick-case.ts'
import { conversation, goTo, hears } from './room.ts'
import { heavyPhoto, invoicePhoto, PHOTO_SECRETS, paper } from './sample-files.ts'
import { choose, sendAll } from './sending-files.ts'

const own = ownPlatform()

/** Screenshots for the eye, where a folder for them is given. */
async function shot(person: Someone, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (folder) await person.page.screenshot({ path: `${folder}/${name}.png` })
}

async function filesIn(connection: Connection, audience: Audience): Promise<readonly FileFacts[]> {
  const events = await connection.read(audience)
  return events.flatMap(({ type, body }) => (type === filePosted.name && body ? [JSON.parse(body).file as FileFacts] : []))
}

/** A file in the talk, by its name. */
const fileNamed = (person: Someone, name: string) => conversation(person).getByRole('button', { name: new RegExp(name) })
const PATIENT = { timeout: 60_000 }

async function grave(person: Someone): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: person.page }).analyze()
  return violations.filter(({ impact }) => /serious|critical/.test(impact ?? '')).map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`)
}

async function saved(person: Someone): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const coming = person.page.waitForEvent('download')
  await person.press('files.view.save', person.dialog())
  const download = await coming
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

test('[FIL-60] [FIL-75] a photo of an invoice in two taps for the mediator alone: nothing of its place leaves the telephone, and the other side learns nothing', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  let heard: readonly string[] = []
  const pavel = await comeIn(browser, second, {
    locale: 'ru',
    before: async (page) => {
      heard = overhear({ page } as Someone) // its page alone is listened to
    },
  })
  const mine = sideAudience(first.sideId)
  await goTo(aigul, aigul.say('rooms.mediator'))
  const before = heard.length
  const photo = await invoicePhoto()
  const sheet = await choose(aigul, [photo])
  await expect(sheet.getByRole('note')).toContainText(aigul.say('files.sees.mediator'))
  await expect(sheet).toContainText(aigul.say('files.sheet.cleaned'))
  await shot(aigul, 'phone-sheet')
  expect(await grave(aigul)).toEqual([])
  await sendAll(aigul)
  await aigul.sees('files.state.held')
  await shot(aigul, 'phone-held')
  await expect(fileNamed(aigul, 'Фото 1')).toBeVisible(PATIENT)
  await aigul.sees('rooms.sync-status.sent')
  await expect(conversation(aigul).locator('.files-thumb img')).toBeVisible()
  await shot(aigul, 'phone-sent')
  expect(await grave(aigul)).toEqual([])
  const [file] = await filesIn(quick.mediator, mine)
  expect(file).toMatchObject({ name: 'Фото 1.jpg', type: 'jpeg', evidence: 'cleaned', hasPreview: true })

  await fileNamed(aigul, 'Фото 1').click()
  await expect(aigul.dialog().locator('.files-picture img')).toBeVisible()
  await aigul.dialog().getByText(aigul.say('files.view.details')).click()
  await shot(aigul, 'phone-opened')
  expect(await grave(aigul)).toEqual([])
  const { name, bytes } = await saved(aigul)
  expect(name).toBe('Фото 1.jpg')
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.sha256)
  for (const secret of PHOTO_SECRETS) {
    expect(photo.buffer.includes(secret)).toBe(true)
    expect(bytes.includes(secret)).toBe(false)
  }

  // one more word for all, so that whatever was to come to the other side has come
  await quick.mediator.say(messagePost, { audience: 'all', id: newId(), text: 'Продолжаем' })
  await hears(pavel, 'Продолжаем')
  const told = heard.slice(before)
  expect(roomsIn(told).filter((room) => room === mine)).toEqual([])
  for (const secret of [file?.fileId ?? '-', 'Фото 1', mine]) expect(wordsIn(told)).not.toContain(secret)
  expect(told.filter(saysSomething)).toHaveLength(1)
  expect(await everythingOn(pavel)).not.toContain('Фото 1')
  expect(await keptOnDevice(aigul.page)).not.toContainEqual([expect.stringContaining(':file'), expect.anything()])
  expect([...aigul.complaints, ...pavel.complaints]).toEqual([])
  await aigul.context.close()
  await pavel.context.close()
})

test('[FIL-63] [FIL-67] [FIL-76] on a desktop several at once, chosen, pasted and dropped; an original stays what it is; a paper is read page by page', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: DESKTOP })
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  const photo = await invoicePhoto()
  const sheet = await choose(aigul, [
    photo,
    await paper(3),
    { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ…') },
  ])
  await expect(sheet.getByRole('listitem')).toHaveCount(3)
  await expect(sheet).toContainText(aigul.say('files.reason.type-not-taken'))
  await expect(sheet.locator('footer button').last()).toBeDisabled()
  await sheet.getByRole('button', { name: aigul.say('files.sheet.remove', { name: 'setup.exe' }) }).click()
  await sheet.getByLabel(aigul.say('files.sheet.keep-original')).first().check()
  await expect(sheet).toContainText(aigul.say('files.sheet.original'))
  await aigul.field('files.sheet.text', sheet).fill('Вот счёт, о котором я говорила')
  await shot(aigul, 'desktop-sheet')
  await sendAll(aigul)
  await expect(fileNamed(pavel, 'Contract 14')).toBeVisible(PATIENT)
  const files = await filesIn(quick.mediator, 'all')
  expect(files.map(({ name, evidence }) => [name, evidence])).toEqual([
    ['IMG_20261128_091500.jpg', 'original'],
    ['Contract 14.pdf', 'original'],
  ])
  expect(files[0]?.sha256).toBe(createHash('sha256').update(photo.buffer).digest('hex'))
  await hears(pavel, 'Вот счёт, о котором я говорила')

  await fileNamed(pavel, 'Contract 14').click()
  const page = (number: number) => pavel.page.getByAltText(new RegExp(pavel.say('files.view.page', { page: String(number), pages: '3' })))
  await expect(page(1)).toBeVisible(PATIENT)
  await pavel.press('files.view.next', pavel.dialog())
  await expect(page(2)).toBeVisible(PATIENT)
  await pavel.page.keyboard.press('ArrowRight')
  await expect(page(3)).toBeVisible(PATIENT)
  await shot(pavel, 'desktop-paper')
  await pavel.page.keyboard.press('Escape')
  await expect(pavel.dialog()).toHaveCount(0)
  await expect(fileNamed(pavel, 'Contract 14')).toBeFocused()

  for (const kind of ['paste', 'drop'] as const) {
    await give(aigul, kind, `${kind} 14.png`)
    await expect(aigul.dialog().getByRole('listitem')).toHaveCount(1)
    await sendAll(aigul)
    await expect(fileNamed(pavel, `${kind} 14`)).toBeVisible(PATIENT)
  }
  await shot(aigul, 'desktop-talk')
  expect([...aigul.complaints, ...pavel.complaints]).toEqual([])
  await aigul.context.close()
  await pavel.context.close()
})

/** Into the field where one writes, and onto the talk. */
async function give(person: Someone, kind: 'paste' | 'drop', name: string): Promise<void> {
  await person.page.evaluate(
    async ([event, fileName]) => {
      const canvas = document.createElement('canvas')
      canvas.width = 64
      canvas.height = 48
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve))
      const data = new DataTransfer()
      data.items.add(new File([blob ?? ''], fileName ?? '', { type: 'image/png' }))
      const at = document.querySelector(event === 'paste' ? '.ui-composer textarea' : '.ui-talk')
      const made =
        event === 'paste'
          ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
      at?.dispatchEvent(made)
    },
    [kind, name],
  )
}

test('[FIL-68] the server is killed in the middle of a file and the page opened anew: it goes on where it stopped, and comes once', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  const photo = await heavyPhoto(3)
  const offsets: number[] = []
  const killed = new Promise<void>((resolve) => {
    void aigul.page.route('**/uploads/*', async (route) => {
      const offset = Number((await route.request().allHeaders())['upload-offset'] ?? Number.NaN)
      if (route.request().method() === 'PATCH') offsets.push(offset)
      if (offsets.length === 3) {
        await own.platform.kill()
        resolve()
      }
      await route.continue().catch(() => undefined) // there is nobody to go to
    })
  })
  const sheet = await choose(aigul, [photo])
  await sheet.getByLabel(aigul.say('files.sheet.keep-original')).check()
  await sendAll(aigul)
  await killed
  await aigul.page.unroute('**/uploads/*')
  await aigul.sees('rooms.offline.title')
  await expect(conversation(aigul)).toContainText(aigul.say('files.state.kept'))
  await shot(aigul, 'phone-interrupted')
  await aigul.page.reload().catch(() => undefined) // the shell comes from the device
  const after: string[] = []
  aigul.page.on('request', (request) => {
    if (request.method() === 'PATCH') after.push(request.headers()['upload-offset'] ?? '')
  })
  await own.platform.start()
  const mediator = await quick.reconnect()
  await expect.poll(() => filesIn(mediator, 'all'), { timeout: 90_000 }).toHaveLength(1)
  const [file] = await filesIn(mediator, 'all')
  expect(file?.sha256).toBe(createHash('sha256').update(photo.buffer).digest('hex'))
  expect(Number(after[0])).toBeGreaterThan(0)
  await aigul.sees('rooms.sync-status.sent')
  await expect.poll(async () => (await keptOnDevice(aigul.page)).filter(([key]) => key.includes(':file'))).toEqual([])
  await aigul.context.close()
})

test('[FIL-72] whoever came in meanwhile is named before a waiting file goes to them', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff, { admit: false })
  const [first, second] = quick.people
  for (const { connection } of [first]) {
    await connection.say(agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
    await quick.mediator.say(personAdmit, { participantId: first.participantId, to: 'all' })
  }
  const aigul = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  await choose(aigul, [await invoicePhoto('Счёт.jpg')])
  await sendAll(aigul)
  await aigul.context.setOffline(true)
  await expect(conversation(aigul)).toContainText(aigul.say('files.state.kept'))
  await second.connection.say(agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
  await quick.mediator.say(personAdmit, { participantId: second.participantId, to: 'all' })
  await aigul.context.setOffline(false)
  await expect(
    conversation(aigul).getByText(new RegExp(`${aigul.say('files.reason.readers-changed', { names: '' })}.*${second.name}`)),
  ).toBeVisible(PATIENT)
  await shot(aigul, 'phone-readers')
  expect(await filesIn(quick.mediator, 'all')).toEqual([])
  await aigul.press('messaging.refused.send-anyway')
  await expect(fileNamed(aigul, 'Счёт')).toBeVisible(PATIENT)
  expect(await filesIn(second.connection, 'all')).toHaveLength(1)
  await aigul.context.close()
})

test('[FIL-74] somebody is taken out while their file is on its way: it comes to nobody, and nothing of it stays with them', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru', viewport: PHONE })
  const removed = new Promise<void>((resolve) => {
    let count = 0
    void aigul.page.route('**/uploads/*', async (route) => {
      if (route.request().method() === 'PATCH' && ++count === 2) {
        await quick.mediator.say(personEnd, { participantId: first.participantId })
        resolve()
      }
      await route.continue().catch(() => undefined) // the page may be over
    })
  })
  const sheet = await choose(aigul, [await heavyPhoto(3)])
  await sheet.getByLabel(aigul.say('files.sheet.keep-original')).check()
  await sendAll(aigul)
  await removed
  await expect(aigul.page.locator('.ui-composer')).toHaveCount(0)
  await expect.poll(async () => (await keptOnDevice(aigul.page)).filter(([key]) => key.includes(first.participantId))).toEqual([])
  expect(await filesIn(quick.mediator, 'all')).toEqual([])
  await aigul.context.close()
})

test('[FIL-77] a file is taken away like a message: on every screen its place says so, and no picture of it stays', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await choose(aigul, [await invoicePhoto('Чужой счёт.jpg')])
  await sendAll(aigul)
  await expect(conversation(aigul).locator('.files-thumb img')).toBeVisible(PATIENT)
  const address = await conversation(aigul).locator('.files-thumb img').getAttribute('src')
  await mediator.press('rooms.talk-short')
  await expect(fileNamed(mediator, 'Чужой счёт')).toBeVisible(PATIENT)
  const message = mediator.page.getByRole('article').filter({ hasText: 'Чужой счёт' })
  await message.hover()
  await message.locator('[aria-haspopup=menu]').click()
  await mediator.page.getByRole('menuitem').click()
  await shot(mediator, 'desktop-removing')
  await mediator.press('messaging.remove.do', mediator.dialog())
  for (const [person, author] of [
    [mediator, quick.people[0].name],
    [aigul, aigul.say('messaging.you')],
  ] as const) {
    await expect(person.page.locator('.ui-removed')).toContainText(author)
    expect(await everythingOn(person)).not.toContain('Чужой счёт')
  }
  const stays = await aigul.page.evaluate(
    (url) =>
      fetch(url ?? '').then(
        () => true,
        () => false,
      ),
    address,
  )
  expect(stays).toBe(false)
  await shot(aigul, 'phone-removed')
  await mediator.context.close()
  await aigul.context.close()
})

test('[FIL-78] on the board a side’s file is veiled until it is shown, and then its name stands there without a picture', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru', viewport: PHONE })
  await goTo(aigul, aigul.say('rooms.mediator'))
  await choose(aigul, [await invoicePhoto('Личный счёт.jpg')])
  await sendAll(aigul)
  await expect(mediator.page.locator('.caucus-board-news')).toBeVisible(PATIENT)
  expect(await everythingOn(mediator)).not.toContain('Личный счёт')
  await mediator.press('caucus.board.show')
  await expect(mediator.page.locator('.caucus-board-words')).toContainText('Личный счёт.jpg')
  await expect(mediator.page.locator('.caucus-board-news img')).toHaveCount(0)
  await shot(mediator, 'desktop-board')
  await mediator.context.close()
  await aigul.context.close()
})
