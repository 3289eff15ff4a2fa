// The draft of one device fails; the talk, the talk apart and the way out do not notice.

import { expect, type Page, test, type WebSocketRoute } from '@playwright/test'
import { HOSTILE } from '#client/drafting/testing/hostile-updates.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { encodeServerFrame } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { ownPlatform } from './own-platform.ts'
import type { Someone } from './people.ts'
import { comeIn, newId, quickCase, textsOf } from './quick-case.ts'
import { goTo, hears, openDraft, saved, typeUnder, writeFirst } from './room.ts'

const own = ownPlatform()

test('[LUCK-14] a text that cannot be shown is for reading; talk, talk apart and leaving go on, opened again one writes on', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const connections: WebSocketRoute[] = []
  const aigul = await comeIn(browser, first, { locale: 'ru', before: (page) => listenOnConnections(page, connections) })
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await typeUnder(aigul, 'Обязательства', 'Покупатель платит 1 840 000 ₸.')
  await saved(aigul)

  const { id: documentId } = settlementOf(quick.caseId)
  const hostile = HOSTILE['a text directly in the list'] ?? new Uint8Array()
  for (const connection of connections)
    connection.send(
      `42${JSON.stringify([DRAFT_WIRE.frame, encodeServerFrame({ documentId, kind: 'updates', revision: 1, updates: [hostile] })])}`,
    )
  await aigul.sees('drafting.aside.foreign')
  await expect(aigul.page.locator('.draft-sheet')).toContainText('1 840 000 ₸')
  await expect(aigul.page.getByRole('textbox', { name: aigul.say('drafting.text') })).toHaveCount(0)
  await typeUnder(pavel, 'Расходы', 'Расходы поровну.')
  await expect(aigul.page.locator('.draft-sheet')).toContainText('Расходы поровну.')
  await talkGoesOn(aigul, pavel, quick.mediator, sideAudience(first.sideId))

  await aigul.press('drafting.aside.again')
  await typeUnder(aigul, 'Обязательства', ' До 1 июля.')
  await expect(await openDraft(pavel)).toContainText('До 1 июля.')
  expect(aigul.complaints).toEqual([])
  await leaves(aigul)
  await aigul.context.close()
  await pavel.context.close()
})

test('[LUCK-15] where the draft’s code cannot be fetched, the room is whole without it, and it can be opened again', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const [first, second] = quick.people
  const code = /\/assets\/DraftPanel-[\w-]+\.js$/
  const aigul = await comeIn(browser, first, { locale: 'ru', before: (page) => page.context().route(code, (route) => route.abort()) })
  const pavel = await comeIn(browser, second, { locale: 'ru' })
  await aigul.sees('rooms.draft.failed')
  await talkGoesOn(aigul, pavel, quick.mediator, sideAudience(first.sideId))
  await aigul.context.unroute(code)
  await aigul.press('ui.part.again')
  await typeUnder(aigul, 'Расходы', 'Расходы поровну.')
  await expect(await openDraft(pavel)).toContainText('Расходы поровну.')
  await leaves(aigul)
  await aigul.context.close()
  await pavel.context.close()
})

test('[LUCK-17] where the draft’s styles were lost with the connection, it is not shown without them, and opens by itself with them', async ({
  browser,
}) => {
  const quick = await quickCase(own.platform, own.staff)
  const styles = /\/assets\/draft-[\w-]+\.css$/
  const aigul = await comeIn(browser, quick.people[0], {
    locale: 'ru',
    before: (page) => page.context().route(styles, (route) => route.abort()),
  })
  await aigul.sees('rooms.draft.failed')
  await aigul.press('ui.part.again')
  await aigul.sees('rooms.draft.failed')
  await aigul.context.unroute(styles)
  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  await aigul.context.setOffline(false)
  await openDraft(aigul)
  await expect(aigul.page.locator('.draft-top')).toHaveCSS('display', 'grid')
  await aigul.context.close()
})

/** The page's own connections to the server, so that a test can speak with the server's voice. */
async function listenOnConnections(page: Page, connections: WebSocketRoute[]): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (connection) => {
    connection.connectToServer()
    connections.push(connection)
  })
}

type Mediator = Awaited<ReturnType<typeof quickCase>>['mediator']

async function talkGoesOn(aigul: Someone, pavel: Someone, mediator: Mediator, mine: ReturnType<typeof sideAudience>): Promise<void> {
  await goTo(aigul, aigul.say('rooms.all'))
  await writeFirst(aigul, 'слышите меня?')
  await aigul.page.keyboard.press('Escape')
  await hears(pavel, 'слышите меня?')
  await goTo(aigul, aigul.say('rooms.mediator'))
  await writeFirst(aigul, 'черновик не открывается')
  await expect.poll(async () => textsOf(await mediator.read(mine))).toEqual(['черновик не открывается'])
  await mediator.say(messagePost, { audience: mine, id: newId(), text: 'откройте снова' })
  await hears(aigul, 'откройте снова')
}

async function leaves(person: Someone): Promise<void> {
  await person.press('rooms.menu')
  await person.page.getByRole('menuitem', { name: person.say('rooms.leave.item') }).click()
  await person.press('rooms.leave.do', person.dialog())
  await person.sees('rooms.left.title')
}
