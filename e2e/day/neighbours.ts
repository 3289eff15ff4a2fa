// Two other cases of the same mediator on the same day: one is signed on paper, one side of the other leaves.
import { expect } from '@playwright/test'
import type { CaseId } from '#shared/kernel/ids.ts'
import { localDay } from '#shared/kernel/time-zone.ts'
import { everythingOn } from '../kept-on-device.ts'
import type { Someone } from '../people.ts'
import { messageField } from '../room.ts'
import { savedFile } from '../saved-file.ts'

const PLACE = 'Петропавловск'

/** Printed, signed by hand, recorded by the mediator: all are told where and when, and nobody signs here any more. */
export async function signOnPaper(mediator: Someone, side: Someone, caseId: CaseId): Promise<void> {
  await side.reads('signing.title')
  await expect(side.button('signing.sign')).toBeVisible()

  await mediator.page.goto(mediator.page.url().replace(/[\w-]{22}$/, caseId))
  await mediator.press('rooms.talk-short')
  await mediator.page.getByText(mediator.say('signing.paper'), { exact: true }).click()
  expect((await savedFile(mediator, 'signing.save.paper')).subarray(0, 5).toString()).toBe('%PDF-')
  await mediator.press('signing.paper.record')
  await mediator.field('signing.paper.day', mediator.dialog()).fill(localDay(Date.now()))
  await mediator.field('signing.paper.place', mediator.dialog()).fill(PLACE)
  await mediator.press('signing.paper.record.do', mediator.dialog())
  await expect(mediator.dialog()).toHaveCount(0)

  for (const person of [mediator, side]) {
    await person.reads('signing.paper.done')
    await expect(person.page.getByRole('note').filter({ hasText: person.say('signing.over.performing') })).toContainText(PLACE)
    for (const id of ['signing.sign', 'signing.decline', 'signing.reopen', 'signing.save.bundle'])
      await expect(person.button(id)).toHaveCount(0)
  }
}

/** One side leaves by its own hand: it is gone from the case and the case from its device; the other is told that a side left, and no more. */
export async function oneSideLeaves(leaving: Someone, other: Someone, words: string): Promise<void> {
  await leaving.press('rooms.menu')
  await leaving.page.getByRole('menuitem', { name: leaving.say('rooms.leave.item') }).click()
  await leaving.press('rooms.leave.do', leaving.dialog())
  await leaving.reads('rooms.left.title')
  expect(await everythingOn(leaving)).not.toContain(words)

  const told = other.page.getByRole('note').filter({ hasText: other.say('signing.over.closed') })
  await expect(told).toContainText('Одна из сторон отказалась продолжать.')
  await expect(messageField(other)).toHaveCount(0)
}
