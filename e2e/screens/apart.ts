// The private talk from both ends, a step at a time, so that a picture can be taken between the steps.
import { expect } from '@playwright/test'
import type { Someone } from '../people.ts'
import { goTo } from '../room.ts'

export async function inviteApart(mediator: Someone, side: string, before: () => Promise<void> = async () => undefined): Promise<void> {
  await goTo(mediator, new RegExp(side))
  await mediator.press('caucus.bar.invite')
  await expect(mediator.dialog()).toBeVisible()
  await before()
  await mediator.press('caucus.invite.do', mediator.dialog())
  await expect(mediator.dialog()).toHaveCount(0)
}

export async function stepOver(person: Someone, before: () => Promise<void> = async () => undefined): Promise<void> {
  await person.press('caucus.invitation.enter')
  await person.page.getByLabel(person.say('caucus.step-over.alone')).check()
  await before()
  await person.press('caucus.step-over.enter', person.dialog())
  await expect(person.page.getByRole('tab', { name: person.say('rooms.mediator') })).toHaveAttribute('aria-selected', 'true')
}
