// What stands in the way of closing a text, from the first look at it to the closed version.
import { expect, test } from '@playwright/test'
import { ownPlatform } from './own-platform.ts'
import { allReady, comeIn, mediatorComesIn, quickCase } from './quick-case.ts'
import { openDraft, saved } from './room.ts'

const own = ownPlatform()

test('[DRA-269] everything is listed while it is written, mended from the list, and the text closes with what was confirmed', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const mediator = await mediatorComesIn(browser, own.platform, quick)
  const aigul = await comeIn(browser, quick.people[0], { locale: 'ru' })
  const text = await openDraft(aigul)
  const list = aigul.page.getByRole('region', { name: aigul.say('drafting.faults.title') })
  await expect(list.getByRole('button', { expanded: false })).toContainText('9')
  await list.getByRole('button', { expanded: false }).press('Enter')
  await expect(list.getByRole('listitem')).toHaveCount(9)

  await list.getByRole('listitem').nth(1).getByRole('button').click()
  await aigul.page.keyboard.type('Уплaтить 1OO 000 ₸.')
  await saved(aigul)
  await expect(text.locator('.draft-fault')).toHaveCount(0)
  await quick.mediator.fillDraft('Условие согласовано.')
  await expect(list.getByRole('button', { expanded: false })).toContainText('2')
  await list.getByRole('button', { expanded: false }).click()
  await list.getByRole('button', { name: aigul.say('drafting.faults.cyrillic', { word: 'Уплатить' }) }).click()
  await expect(text).toContainText('Уплатить 1OO 000')
  await saved(aigul)

  await allReady(quick)
  await mediator.press('rooms.talk-short')
  await openDraft(mediator)
  await mediator.press('drafting.mediator.close')
  const dialog = mediator.dialog()
  await expect(mediator.button('drafting.close.confirm', dialog)).toBeDisabled()
  await dialog.getByRole('checkbox').check()
  await mediator.press('drafting.close.confirm', dialog)
  await mediator.sees('signing.title')
  const requested = (await quick.mediator.read('all')).find(({ type }) => type === 'draft:freeze-requested')
  expect(JSON.parse(requested?.body ?? '{}')).toMatchObject({ confirmed: [{ kind: 'mixed-word', found: '1OO 000' }] })
  expect(mediator.complaints).toEqual([])
  await mediator.context.close()
  await aigul.context.close()
})
