// Whoever is ready and whose text is changed reads who changed it, through the real server and on a phone.
import { expect, test } from '@playwright/test'
import { readyGive } from '#shared/drafting/drafting-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import { PHONE } from './people.ts'
import { comeIn, quickCase } from './quick-case.ts'
import { readDraft } from './room.ts'

const own = ownPlatform()

test('[DRA-330] whoever was ready reads who changed the text, on a phone', async ({ browser }) => {
  const quick = await quickCase(own.platform, own.staff)
  const [aigul, pavel] = quick.people
  const { revision, generation } = await quick.mediator.joinDraft()
  await pavel.connection.say(readyGive, { generation, revision })
  const reader = await comeIn(browser, pavel, { locale: 'ru', viewport: PHONE })
  await readDraft(reader)
  await reader.sees('drafting.ready.given')
  await aigul.connection.fillDraft('Покупатель платит долг равными частями в течение шести месяцев.')
  const words = reader.page.locator('#draft-ready-words')
  await expect(words).toHaveText(reader.say('drafting.ready.voided.by', { names: aigul.name }))
  expect(reader.complaints).toEqual([])
  await reader.context.close()
})
