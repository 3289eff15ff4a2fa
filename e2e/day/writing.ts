// The agreement: written by several at once, one of them without a connection for a while, and through the death of the server.
import { expect } from '@playwright/test'
import { draftText, goUnder, hears, openDraft, readDraft, saved, showPart, typeUnder, writeFirst } from '../room.ts'
import type { Day } from './cast.ts'
import { SECRET } from './secrets.ts'

/** For the mediator's own eyes, whatever is shown besides. */
export async function writeNote({ mediator }: Day): Promise<void> {
  await mediator.press('rooms.notes')
  const notes = mediator.page.getByRole('complementary', { name: mediator.say('rooms.notes') })
  await mediator.press('drafting.note.show', notes)
  await notes.getByRole('textbox', { name: mediator.say('drafting.note.field') }).click()
  await mediator.page.keyboard.insertText(SECRET.note)
  await mediator.reads('drafting.save.saved', notes)
  await mediator.press('rooms.notes.close', notes)
}

export async function writeTogether({ mediator, aigul, nurlan, pavel, dinara }: Day): Promise<void> {
  await openDraft(aigul)
  await saved(aigul)
  await aigul.context.setOffline(true)
  await aigul.reads('drafting.save.offline')
  await Promise.all([
    typeUnder(mediator, 'Обязательства', 'ТОО «Дала Жем» выплачивает КХ «Береке» 1 840 000 ₸.'),
    typeUnder(pavel, 'Способы и сроки', 'Четырьмя частями по 460 000 ₸ до 15 числа, начиная с декабря 2026 года.'),
    typeUnder(aigul, /последстви/i, 'При просрочке весь остаток подлежит уплате сразу.'),
  ])
  await aigul.reads('drafting.save.offlineUnsent')
  await expect(draftText(dinara)).not.toContainText('весь остаток')
  await aigul.context.setOffline(false)
  for (const person of [mediator, aigul, nurlan, pavel, dinara]) {
    for (const words of ['1 840 000 ₸', 'Четырьмя частями', 'весь остаток']) await expect(draftText(person)).toContainText(words)
    await saved(person)
  }
  await aigul.press('drafting.done')
}

/** What was not saved yet waits in the browser, and goes on by itself when the server is there again. */
export async function surviveTheServer({ platform, mediator, aigul, pavel, dinara }: Day): Promise<void> {
  await platform.kill()
  await goUnder(dinara, 'Расходы')
  await dinara.page.keyboard.insertText(SECRET.costs)
  await platform.start()
  await saved(dinara)
  for (const person of [mediator, pavel]) await expect(await readDraft(person)).toContainText('несут поровну')
  await writeFirst(mediator, 'Связь вернулась.')
  await hears(pavel, 'Связь вернулась.')
  await showPart(aigul, 'talk')
  await hears(aigul, 'Связь вернулась.')
}
