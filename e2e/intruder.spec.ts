// Curious people with a browser of their own: what reaches their page by itself, and what they get when they ask for everything.

import { expect, test } from '@playwright/test'
import { answered } from '#server/testing/http-world.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { invitationChange } from '#shared/identity/invitation-protocol.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { type Prey, walk } from './intruding.ts'
import { everythingKept } from './kept-on-device.ts'
import { ownPlatform } from './own-platform.ts'
import type { Someone } from './people.ts'
import { askToFreeze, comeIn, type Invited, mediatorComesIn, newId, type QuickCase, quickCase, textsOf } from './quick-case.ts'

const own = ownPlatform()
test.describe.configure({ timeout: 90_000 })

const PRIVATE = 'қаңтарға дейін күтеміз'

test('[LUCK-12] a caucus, its invitation and its end bring nothing to the other side’s page', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  const frames: string[] = []
  pavel.page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(payload.toString())))
  await pavel.page.reload()
  await expect(pavel.page.getByText(pavel.say('drafting.save.saved').split(' ')[0] ?? '').first()).toBeVisible()
  const before = frames.length
  await caucus(quick, first)
  // An answer to one's own question may come meanwhile, and the connection's own pulse.
  expect(frames.slice(before).filter((frame) => frame !== '2' && !/^43\d+/.test(frame))).toEqual([])
  await quick.mediator.say(messagePost, { audience: 'all', id: newId(), text: 'продолжим вместе' })
  await expect(pavel.page.getByText('продолжим вместе', { exact: true })).toBeVisible()
  const page = [await pavel.page.content(), await everythingKept(pavel.page), ...frames].join('\n')
  for (const secret of [PRIVATE, sideAudience(first.sideId), directAudience(first.participantId)]) expect(page).not.toContain(secret)
  await end(pavel)
})

test('[LUCK-13] thirty fast switches of rooms, sending at the moment of switching: no word in a wrong room, none lost', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  await mediator.press('rooms.talk-short')
  const rooms: readonly Audience[] = ['all', ...quick.people.map(({ sideId }) => sideAudience(sideId))]
  await expect(mediator.page.getByRole('tab')).toHaveCount(rooms.length)
  const written = await mediator.page.evaluate(async (ids) => {
    const field = () => document.querySelector<HTMLTextAreaElement>('.ui-composer textarea')
    const enter = (id: string) => document.querySelector<HTMLElement>(`[role=tab][data-room="${id}"]`)?.click()
    const shown = () => document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.dataset.room ?? ''
    const write = (text: string) => {
      const area = field()
      if (!area) return false
      const whole = area.value === '' ? text : `${area.value}\n${text}`
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(area, whole)
      area.dispatchEvent(new Event('input', { bubbles: true }))
      return true
    }
    const send = () =>
      field()?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }))
    const agree = () => document.querySelector<HTMLElement>('[role=alertdialog] button')?.click()
    const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
    /** What a browser does between two real events, however fast they come. */
    const between = () => new Promise<void>((resolve) => queueMicrotask(resolve))
    const texts: string[] = []
    for (let round = 0; round < 30; round++) {
      enter(ids[round % ids.length] ?? '')
      await (round % 3 === 0 ? drawn() : between())
      const text = `${shown()}|${round}`
      if (write(text)) texts.push(text)
      await between()
      if (round % 2 === 0) {
        enter(ids[(round * 2 + 1) % ids.length] ?? '')
        if (round % 4 === 0) await between()
      }
      send()
      await (round % 3 === 1 ? drawn() : between())
      agree()
      await between()
    }
    return texts
  }, rooms)
  expect(written.length).toBeGreaterThan(20)
  const left: string[] = []
  for (const room of rooms) {
    await mediator.page.locator(`[role=tab][data-room="${room}"]`).click()
    const question = mediator.page.getByRole('alertdialog')
    if (await question.isVisible()) await question.getByRole('button').last().click()
    const lines = linesOf([await mediator.page.locator('.ui-composer textarea').inputValue()])
    expect(
      lines.filter((line) => !line.startsWith(`${room}|`)),
      `in the field of ${room}`,
    ).toEqual([])
    left.push(...lines)
  }
  await expect(mediator.page.locator('.messaging-held')).toHaveCount(0)
  await expect(mediator.page.getByText(mediator.say('rooms.sync-status.sent'))).toBeVisible()
  const sent: string[] = []
  for (const room of rooms) {
    const lines = linesOf(textsOf(await quick.mediator.read(room)))
    expect(
      lines.filter((line) => !line.startsWith(`${room}|`)),
      `sent to ${room}`,
    ).toEqual([])
    sent.push(...lines)
  }
  expect(sent.length).toBeGreaterThan(5)
  expect([...sent, ...left].sort()).toEqual([...written].sort())
  await end(mediator)
})

test('[DAY-2] a party with their own token gets nothing of the other side, by any command, message or route', async ({ browser }) => {
  const victim = await guarded()
  const [first, second] = victim.people
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  const loot = await walk(pavel.page, second.participantId, await preyOf(victim, second))
  const own: readonly Audience[] = [
    'case',
    'all',
    directAudience(second.participantId),
    selfAudience(second.participantId),
    sideAudience(second.sideId),
  ]
  expect(loot.audiences.filter((audience) => !own.some((each) => each === audience) && !audience.startsWith('signers:'))).toEqual([])
  expect(loot.answers.length).toBeGreaterThan(100)
  // What is one's own is there: the case in a resume, the paper, the draft.
  for (const ours of [victim.caseId, '200 %PDF-', '"generation":1'])
    expect(
      loot.answers.some((answer) => answer.includes(ours)),
      ours,
    ).toBe(true)
  expect(loot.answers.filter((answer) => answer.includes(PRIVATE) || answer.includes('private-canary'))).toEqual([])
  expect(loot.answers.filter((answer) => answer.includes(sideAudience(first.sideId)))).toEqual([])
  // Saved states are the mediator's alone.
  expect(loot.answers.filter((answer) => answer.includes('"states"') || answer.includes('"blocks"'))).toEqual([])
  await end(pavel)
})

test('[DAY-2] a person of another case gets nothing at all, by any command, message or route', async ({ browser }) => {
  const victim = await guarded()
  const other = await quickCase(own.platform, own.staff)
  const [, stranger] = other.people
  const page = await comeIn(browser, stranger, { locale: 'ru' })
  const loot = await walk(page.page, stranger.participantId, await preyOf(victim, stranger))
  expect(loot.answers.length).toBeGreaterThan(100)
  const [first, second] = victim.people
  const ids = [victim.caseId, first.participantId, first.sideId, second.participantId, second.sideId, victim.mediator.me]
  for (const secret of [PRIVATE, 'private-canary', ...ids]) expect(loot.answers.filter((answer) => answer.includes(secret))).toEqual([])
  expect(loot.knock).toContain('unauthenticated')
  await end(page)
})

/** A case with something to find in each of its rooms, a closed text, and contacts. */
async function guarded(): Promise<QuickCase> {
  const quick = await quickCase(own.platform, own.staff)
  const [first] = quick.people
  answered(
    await own.staff.call(invitationChange, {
      invitationId: first.invitationId,
      email: 'private-canary@example.kz',
      phone: '',
      language: 'ru',
    }),
  )
  await caucus(quick, first)
  await quick.mediator.say(messagePost, { audience: directAudience(first.participantId), id: newId(), text: PRIVATE })
  await quick.mediator.fillDraft('Условие согласовано.')
  expect(await askToFreeze(quick)).toBe(true)
  await expect.poll(async () => (await quick.mediator.read('all')).some(({ type }) => type === 'version:frozen')).toBe(true)
  return quick
}

async function caucus({ mediator }: QuickCase, { connection, sideId }: Invited): Promise<void> {
  await mediator.say(caucusInvite, { sideId })
  await connection.say(caucusEnter, { sideId, company: 'accompanied', companions: `әкем, ${PRIVATE}` })
  for (const each of [connection, mediator]) await each.say(messagePost, { audience: sideAudience(sideId), id: newId(), text: PRIVATE })
  await mediator.say(caucusEnd, { sideId })
}

const linesOf = (texts: readonly string[]) => texts.flatMap((text) => text.split('\n')).filter((line) => line !== '')

/** The ids of everything in the other's case that is not this person's. */
async function preyOf({ caseId, mediator, people }: QuickCase, me: Invited): Promise<Prey> {
  const frozen = (await mediator.read('all')).find(({ type }) => type === 'version:frozen')
  const { versionId } = JSON.parse(frozen?.body ?? '{}') as { versionId: string }
  const others = people.filter(({ participantId }) => participantId !== me.participantId)
  const ids = [versionId, mediator.me, ...others.flatMap((each) => [each.participantId, each.sideId, each.invitationId])]
  return { caseId, ids, rooms: ['case', 'all', 'mediators'] }
}

async function end(...people: readonly Someone[]): Promise<void> {
  for (const person of people) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
}
