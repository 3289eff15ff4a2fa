// Two people in one clause at once, and the mediator's own notes, in real browsers.
import { type Browser, expect, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import type { Someone } from './people.ts'
import { comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { openDraft, saved, typeUnder } from './room.ts'

const own = ownPlatform()

/** Aigul has gone on writing in the first clause without a connection; Pavel has her text as it was before. */
async function apart(browser: Browser): Promise<readonly [Someone, Someone]> {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const aigul = await comeIn(browser, first, { locale: 'ru' })
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await typeUnder(aigul, 'Обязательства', 'Покупатель платит долг равными частями')
  await saved(aigul)
  await expect(await openDraft(pavel)).toContainText('равными частями')
  await aigul.context.setOffline(true)
  await aigul.sees('drafting.save.offline')
  await (await clause(aigul)).click()
  await press(aigul, 'End')
  await aigul.page.keyboard.type(' и пеню', { delay: 8 })
  return [aigul, pavel]
}

/** Nothing went wrong on anybody's page. */
async function goodbye(...people: readonly Someone[]) {
  for (const person of people) {
    expect(person.complaints).toEqual([])
    await person.context.close()
  }
}

const clause = async (person: Someone) => (await openDraft(person)).locator('[data-line=clause]').first()
const press = async (person: Someone, ...keys: readonly string[]) => {
  for (const key of keys) await person.page.keyboard.press(key)
}

test('[DRA-88] one divides a clause while another writes in it without a connection: every word stands, and both are told where', async ({
  browser,
}) => {
  const [aigul, pavel] = await apart(browser)
  await (await clause(pavel)).click()
  await press(pavel, 'Home', ...Array<string>('Покупатель платит'.length).fill('ArrowRight'), 'Enter')
  await expect((await openDraft(pavel)).locator('[data-line=clause]').nth(1)).toHaveText(' долг равными частями')
  await saved(pavel)

  await aigul.context.setOffline(false)
  await expect(await clause(pavel)).toHaveText('Покупатель платит и пеню')
  await expect(await clause(aigul)).toHaveText('Покупатель платит и пеню')
  await aigul.sees('drafting.news.stayed')
  await expect(aigul.page.locator('.draft-news')).toContainText('и пеню')
  for (const person of [aigul, pavel]) {
    await expect((await openDraft(person)).locator('[data-line=clause]').nth(1)).toHaveText(' долг равными частями')
  }
  await goodbye(aigul, pavel)
})

test('[DRA-87] one deletes a clause while another writes in it without a connection: the words come back to their author', async ({
  browser,
}) => {
  const [aigul, pavel] = await apart(browser)
  const clauses = (await openDraft(pavel)).locator('[data-line=clause]')
  const count = await clauses.count()
  await clauses.first().click({ clickCount: 3 })
  await press(pavel, 'Delete')
  await expect(clauses.first()).toHaveText('')
  await press(pavel, 'Backspace')
  await expect(clauses).toHaveCount(count - 1)
  await press(pavel, 'Backspace')
  await expect(await openDraft(pavel)).not.toContainText('равными частями')
  await saved(pavel)

  await aigul.context.setOffline(false)
  await aigul.sees('drafting.kept.title')
  await expect(aigul.page.locator('.draft-kept')).toHaveText('и пеню')
  await expect(await openDraft(aigul)).not.toContainText('пеню')
  await aigul.press('ui.close', aigul.page.locator('.draft-notices'))
  await expect(aigul.page.locator('.draft-kept')).toHaveCount(0)
  await goodbye(aigul, pavel)
})

test('[DRA-66] a clause is moved by keyboard while another writes in it without a connection: the words go with it', async ({
  browser,
}) => {
  const [aigul, pavel] = await apart(browser)
  await (await clause(pavel)).click()
  await press(pavel, 'Alt+ArrowDown', 'Alt+ArrowDown')
  await expect((await openDraft(pavel)).locator('[data-line=clause]').nth(1)).toHaveText('Покупатель платит долг равными частями')
  await saved(pavel)

  await aigul.context.setOffline(false)
  for (const person of [aigul, pavel]) {
    await expect((await openDraft(person)).locator('[data-line=clause]').nth(1)).toHaveText('Покупатель платит долг равными частями и пеню')
  }
  await goodbye(aigul, pavel)
})

test('[DRA-89] the mediator’s notes: opened by hand, saved, there after a reload and on a phone, and nobody else’s', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const field = () => mediator.page.getByRole('textbox', { name: mediator.say('drafting.note.field') })
  await expect(field()).toHaveCount(0)
  await mediator.press('rooms.notes')
  await expect(field()).toHaveCount(0)
  await mediator.press('drafting.note.show')
  await field().click()
  await expect(mediator.page.locator('.app-notes .ui-ribbon')).toContainText(mediator.say('drafting.note.only-you'))
  await mediator.page.keyboard.type('Спросить о сроке поставки', { delay: 8 })
  await expect(mediator.page.locator('.app-notes')).toContainText(/Сохранено/)
  await press(mediator, 'Escape', 'Escape')
  await expect(field()).toHaveCount(0)

  await mediator.page.setViewportSize({ width: 360, height: 740 })
  await mediator.page.reload()
  await mediator.press('rooms.menu')
  await mediator.page.getByRole('menuitem', { name: mediator.say('rooms.notes') }).click()
  await mediator.press('drafting.note.show')
  await expect(field()).toContainText('Спросить о сроке поставки')
  const pavel = await comeIn(browser, quick.people[1], { locale: 'ru' })
  await openDraft(pavel)
  await expect(pavel.page.getByText('Спросить о сроке')).toHaveCount(0)
  await expect(pavel.page.getByText(pavel.say('rooms.notes'))).toHaveCount(0)
  await goodbye(mediator, pavel)
})
