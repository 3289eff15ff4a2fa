// One telephone for a party and the neighbour who helps her, from the link to the signature, by roles and names alone, in the order in which
// a screen reader says them: no place on the screen is pointed at. What binds is done under the right own code, and under no other.
import { expect, type Locator, type Page, test } from '@playwright/test'
import { answered } from '#server/testing/http-world.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { casePersonAdd } from '#shared/cases/case-routes.ts'
import { freezeRequest, readyGive } from '#shared/drafting/drafting-protocol.ts'
import { invitationCode, invitationLink, readOutList } from '#shared/identity/invitation-protocol.ts'
import { type Audience, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { arrive, type Someone } from './people.ts'
import { type Connection, comeIn, newId, quickCase } from './quick-case.ts'
import { messageField } from './room.ts'
import { like } from './words.ts'

const own = ownPlatform()
const SMALL = { width: 360, height: 740 }
const CODES = { aigul: '403917', neighbour: '829164' }
const NEIGHBOUR = 'Ерболат Тоқтар'

/** As by a switch or a screen reader. */
async function activate(target: Locator): Promise<void> {
  await target.focus()
  await target.press('Enter')
}

async function tick(target: Locator): Promise<void> {
  await target.focus()
  await target.press('Space')
  await expect(target).toBeChecked()
}

/** What is said, in this order and with other things between. */
async function says(where: Locator, words: readonly string[]): Promise<void> {
  await expect(async () => {
    const said = await where.ariaSnapshot()
    let from = 0
    // of words with a name in them as much as stands before it
    for (const each of words.map((text) => text.split('{')[0] ?? '')) {
      const at = said.indexOf(each, from)
      expect(at, `«${each}» after ${from} in\n${said}`).toBeGreaterThanOrEqual(0)
      from = at + each.length
    }
  }).toPass({ timeout: 15_000 })
}

const body = (phone: Someone) => phone.page.locator('body')
const heading = (phone: Someone) => phone.page.getByRole('heading', { level: 1 })
const codeDialog = (phone: Someone, name: string) => phone.page.getByRole('dialog', { name: phone.say('identity.phone.confirm', { name }) })

async function comesByLink(phone: Someone, invited: { readonly link: string; readonly code: string }): Promise<void> {
  await phone.page.goto(invited.link)
  await says(body(phone), [phone.say('identity.join.title'), phone.say('identity.join.code'), phone.say('ui.next')])
  await phone.field('identity.join.code').fill(invited.code)
  await activate(phone.button('ui.next'))
}

/** Three questions, a screen each: heading, words, box, button. */
async function confirms(phone: Someone, agreement: string): Promise<void> {
  const questions = [
    ['rooms.confirm.agreement', agreement],
    ['rooms.confirm.explanation', phone.say('rooms.confirm.tick-explanation')],
    ['rooms.confirm.remote', phone.say('rooms.confirm.tick-remote')],
  ] as const
  for (const [at, [question, box]] of questions.entries()) {
    const last = at === questions.length - 1
    await says(body(phone), [phone.say('rooms.confirm.question', { number: `${at + 1}`, of: '3' }), phone.say(question), box])
    if (at > 0) await expect(phone.page.getByRole('heading', { name: phone.say(question) })).toBeFocused()
    await tick(phone.page.getByRole('checkbox', { name: box }))
    await activate(phone.button(last ? 'rooms.confirm.do' : 'ui.next'))
  }
}

async function chooses(phone: Someone, code: string): Promise<void> {
  const dialog = phone.page.getByRole('dialog', { name: phone.say('identity.phone.choose') })
  await says(dialog, [phone.say('identity.phone.own'), phone.say('identity.phone.again'), phone.say('identity.phone.confirm.do')])
  await phone.field('identity.phone.own', dialog).fill(code)
  await phone.field('identity.phone.again', dialog).fill(code)
  await activate(phone.button('identity.phone.confirm.do', dialog))
  await expect(dialog).toHaveCount(0)
}

async function gives(phone: Someone): Promise<void> {
  await activate(phone.button('rooms.menu'))
  await activate(phone.page.getByRole('menuitem', { name: phone.say('rooms.phone.item') }))
}

async function typesCode(phone: Someone, name: string, code: string): Promise<void> {
  const dialog = codeDialog(phone, name)
  await phone.field('identity.phone.own', dialog).fill(code)
  await activate(phone.button('identity.phone.confirm.do', dialog))
}

/** What a voice of the device would be given to read; it ends a block when it is told to. */
async function hasVoice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const given: { text: string; onend?: () => void }[] = []
    const voice = { lang: 'ru-RU', localService: true }
    const speech = Object.assign(new EventTarget(), {
      getVoices: () => [voice],
      speak: (words: { text: string }) => given.push(words),
      cancel: () => undefined,
    })
    Object.defineProperty(window, 'speechSynthesis', { value: speech })
    Object.assign(window, {
      given,
      SpeechSynthesisUtterance: class {
        text: string
        constructor(text: string) {
          this.text = text
        }
      },
    })
  })
}

function lastRead(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { given: { text: string }[] }).given.at(-1)?.text ?? '') // put there above
}

function endBlock(page: Page): Promise<void> {
  return page.evaluate(() => (window as unknown as { given: { onend?: () => void }[] }).given.at(-1)?.onend?.()) // as above
}

const typesOf = async (connection: Connection, audience: Audience) => (await connection.read(audience)).map(({ type }) => type)

test('[IDE-251] [IDE-253] [IDE-255] [UI-251] [UI-252] [UI-253] from the link to the signature on one phone of two people, by ear', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff, { admit: false })
  const [aigul, pavel] = quick.people
  const lined = directAudience(aigul.participantId)
  const neighbour = await addNeighbour()
  const phone = await arrive(browser, { locale: 'ru', viewport: SMALL })
  await hasVoice(phone.page)
  const { page } = phone

  async function addNeighbour() {
    const participantId = newId<ParticipantId>()
    const { invitationId } = answered(
      await quick.staff.call(casePersonAdd, {
        ...{ caseId: quick.caseId, participantId, sideId: aigul.sideId, role: 'companion', name: NEIGHBOUR, language: 'ru' },
        phone: '+77011112233',
      }),
    )
    const { link } = answered(await quick.staff.call(invitationLink, { invitationId }))
    const { code } = answered(await quick.staff.call(invitationCode, { invitationId, way: 'read-out' }))
    return { participantId, link: link.replace('//localhost', '//127.0.0.1'), code: code ?? '' }
  }

  await test.step('the neighbour comes in first, alone: nobody asks him for a code; he gives the phone away', async () => {
    await comesByLink(phone, neighbour)
    await confirms(phone, phone.say('rooms.confirm.tick-agreement-other', { role: phone.say('rooms.role.companion') }))
    await says(body(phone), [phone.say('rooms.waiting.title')])
    await gives(phone)
    const dialog = page.getByRole('dialog', { name: phone.say('identity.phone.choose') })
    await phone.field('identity.phone.own', dialog).fill(CODES.neighbour)
    await phone.field('identity.phone.again', dialog).fill(CODES.neighbour)
    await activate(phone.button('identity.phone.give', dialog))
    await says(body(phone), [phone.say('identity.phone.who'), 'Ерболат Т.'])
  })

  await test.step('she comes by her own link, and her first word that binds makes her choose her own code', async () => {
    await comesByLink(phone, { link: aigul.link, code: await aigul.code() })
    await expect(heading(phone)).toHaveText(phone.say('rooms.confirm.title'))
    await activate(phone.button('rooms.aloud.read'))
    expect(await lastRead(page)).toBe(phone.say('rooms.confirm.agreement'))
    await expect(page.locator('[aria-current=true]')).toHaveText(phone.say('rooms.confirm.agreement'))
    await activate(phone.button('rooms.aloud.stop'))
    await confirms(phone, phone.say('rooms.confirm.tick-agreement'))
    await chooses(phone, CODES.aigul)
    await says(body(phone), [phone.say('rooms.waiting.title')])
    await quick.mediator.say(personAdmit, { participantId: aigul.participantId, to: 'all' })
    await pavel.connection.say(agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
    await quick.mediator.say(personAdmit, { participantId: pavel.participantId, to: 'all' })
    await expect(page.getByRole('tab', { name: phone.say('rooms.all') })).toBeVisible()
    await expect(messageField(phone)).toBeVisible()
  })

  await test.step('under the neighbour’s code nothing is agreed to in her name; under hers it is', async () => {
    await quick.mediator.fillDraft('Стороны договорились.')
    // As when her five minutes are over: a wrong code ends what the right one spoke for.
    const { origin } = new URL(page.url())
    const tried = await page.request.post(`${origin}/api/people/${aigul.participantId}/session/show-code`, {
      data: { code: CODES.neighbour },
      headers: { origin },
    })
    expect(tried.status()).toBe(403)
    await activate(
      page.getByRole('navigation', { name: phone.say('ui.parts') }).getByRole('button', { name: phone.say('rooms.tab.draft') }),
    )
    const ready = page.getByRole('radio', { name: phone.say('drafting.ready.yes') })
    await activate(ready)
    await says(codeDialog(phone, aigul.name), [
      phone.say('identity.phone.confirm', { name: aigul.name }),
      phone.say('identity.phone.confirm.text').slice(0, 40),
      phone.say('identity.phone.own'),
      phone.say('ui.cancel'),
      phone.say('identity.phone.confirm.do'),
    ])
    await typesCode(phone, aigul.name, CODES.neighbour)
    await expect(codeDialog(phone, aigul.name).getByText(like(phone.locale, 'identity.join.wrong'))).toContainText('3')
    // ◉ wrong
    await activate(phone.button('ui.cancel', codeDialog(phone, aigul.name)))
    await expect(page.getByText(phone.say('identity.phone.asked'))).toBeVisible()
    expect(await typesOf(quick.mediator, lined)).not.toContain('draft:ready-given')
    await activate(ready)
    await typesCode(phone, aigul.name, CODES.aigul)
    await expect(codeDialog(phone, aigul.name)).toHaveCount(0)
    await expect(page.getByText(phone.say('drafting.ready.given'))).toBeVisible()
  })

  await test.step('the closed text is read to her clause by clause, and she signs by her code, one question a screen', async () => {
    const { revision, generation } = await quick.mediator.joinDraft()
    await pavel.connection.say(readyGive, { generation, revision })
    await quick.mediator.say(freezeRequest, { versionId: newId<VersionId>(), revision })
    await says(body(phone), [phone.say('signing.title'), phone.say('signing.code'), phone.say('rooms.aloud.read'), '1'])
    await activate(phone.button('rooms.aloud.read'))
    const marked = page.getByRole('article', { name: phone.say('signing.text') }).locator('[aria-current=true]')
    const heard: string[] = []
    for (let block = 0; block < 4; block++) {
      heard.push(await lastRead(page))
      await expect(marked).toHaveCount(1)
      await expect(marked).toBeInViewport()
      await endBlock(page)
    }
    expect(new Set(heard).size).toBeGreaterThan(2)
    await activate(phone.button('rooms.aloud.stop'))
    await expect(phone.button('rooms.aloud.on')).toBeVisible()
    await activate(phone.button('signing.sign'))
    const first = page.getByRole('heading', { name: phone.say('signing.form.question', { number: '1', of: '2' }) })
    await expect(first).toBeFocused()
    await says(body(phone), [phone.say('signing.read'), phone.say('signing.read.self'), phone.say('ui.next')])
    await tick(page.getByRole('radio', { name: phone.say('signing.read.self') }))
    await activate(phone.button('ui.next'))
    await expect(page.getByRole('heading', { name: phone.say('signing.form.question', { number: '2', of: '2' }) })).toBeFocused()
    const { codes } = answered(await quick.staff.call(readOutList, { caseId: quick.caseId }))
    const code = codes.find(({ participantId }) => participantId === aigul.participantId)?.code ?? ''
    await phone.field('signing.new-code.label').fill(code)
    await says(body(phone), [
      phone.say('signing.new-code.label'),
      phone.say('signing.meaning.is-not'),
      phone.say('signing.decline'),
      phone.say('signing.sign'),
    ])
    await activate(phone.button('signing.sign'))
    await phone.sees('signing.stands')
    expect(await typesOf(quick.mediator, lined)).toContain('signature:given')
  })

  expect(phone.complaints).toEqual([])
  await phone.context.close()
})

test('[IDE-255] over another dialog: Escape and Back put away the question for the code alone, and nothing was done', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [aigul] = quick.people
  const phone = await comeIn(browser, aigul, { locale: 'ru', viewport: SMALL })
  const { page } = phone
  const { origin } = new URL(page.url())
  const session = `${origin}/api/people/${aigul.participantId}/session`
  const post = (path: string, code: string) =>
    page.request.post(`${session}/${path}`, { data: { code }, headers: { origin } }).then((answer) => answer.status())
  expect(await post('choose-code', CODES.aigul)).toBe(200)
  expect(await post('show-code', CODES.neighbour)).toBe(403)
  await activate(phone.button('rooms.menu'))
  await activate(page.getByRole('menuitem', { name: phone.say('rooms.leave.item') }))
  const leaving = page.getByRole('dialog', { name: phone.say('rooms.leave.title') })
  for (const putAway of [() => page.keyboard.press('Escape'), () => page.goBack()]) {
    await activate(phone.button('rooms.leave.do', leaving))
    await expect(codeDialog(phone, aigul.name)).toBeVisible()
    await putAway()
    await expect(codeDialog(phone, aigul.name)).toHaveCount(0)
    await expect(leaving.getByText(phone.say('identity.phone.asked'))).toBeVisible()
  }
  expect(await typesOf(quick.mediator, 'case')).not.toContain('mediation:ended')
  await activate(phone.button('rooms.leave.do', leaving))
  await typesCode(phone, aigul.name, CODES.aigul)
  await expect.poll(() => typesOf(quick.mediator, 'case')).toContain('mediation:ended')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(phone.complaints).toEqual([])
  await phone.context.close()
})
