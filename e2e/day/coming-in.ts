// The morning: the owner's first link, a case with three sides, five people who come in each by a link and a code of their own.
import { expect } from '@playwright/test'
import type { CaseId } from '#shared/kernel/ids.ts'
import { asId } from '#shared/kernel/ids.ts'
import { type Invitation, invite, openCase, setUp } from '../office.ts'
import { admit, confirmAgreement, join } from '../room.ts'
import { AIGUL, type Day, DINARA, MEDIATOR, NURLAN, PAVEL, SERGEY, SIDES } from './cast.ts'

export async function openTheCase({ mediator, platform }: Day): Promise<CaseId> {
  await mediator.context.grantPermissions(['clipboard-write', 'clipboard-read'])
  await setUp(mediator, platform, MEDIATOR)
  return asId<CaseId>(await openCase(mediator, SIDES))
}

export async function comeAndWait({ mediator, aigul, nurlan, pavel, sergey, dinara }: Day): Promise<void> {
  const invited: (readonly [typeof aigul, Invitation])[] = [
    [aigul, await invite(mediator, AIGUL, 'copy')],
    [nurlan, await invite(mediator, NURLAN, 'qr')],
    [pavel, await invite(mediator, PAVEL, 'mail')],
    [sergey, await invite(mediator, SERGEY, 'copy')],
    [dinara, await invite(mediator, DINARA, 'copy')],
  ]
  await Promise.all(invited.map(([person, invitation]) => join(person, invitation)))
}

/** Each is let in by hand, one after the other. */
export async function letIn({ mediator, platform, aigul, nurlan, pavel, sergey, dinara }: Day, caseId: CaseId): Promise<void> {
  await mediator.page.goto(`${platform.url}/room/${caseId}`)
  await confirmAgreement(mediator, '-mediator')
  await mediator.press('rooms.session.start')
  for (const name of [AIGUL, NURLAN, PAVEL, SERGEY, DINARA]) await admit(mediator, name)
  for (const person of [aigul, nurlan, pavel, sergey, dinara])
    await expect(person.page.getByRole('tab', { name: person.say('rooms.all') })).toBeVisible()
}
