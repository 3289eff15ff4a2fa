// The meeting itself: the board, the joint talk, a lost connection, the talk apart, the draft.
import { expect } from '@playwright/test'
import type { Someone } from '../people.ts'
import { admit, boardRoom, confirmAgreement, goTo, hears, openDraft, readDraft, write, writeFirst } from '../room.ts'
import { inviteApart, stepOver } from './apart.ts'
import { writeAgreement } from './drafting.ts'
import { AIGUL, APART, BEREKE, PAVEL, TALK } from './story.ts'
import type { Tour } from './tour.ts'

const THREE = { sizes: ['phone', 'tablet', 'desktop'] } as const
const DESKTOP_ONLY = { sizes: ['desktop'] } as const
const PHONE_ONLY = { sizes: ['phone'] } as const

export async function room(tour: Tour, caseId: string): Promise<void> {
  const { mediator, platform, shot } = tour
  await mediator.page.goto(`${platform.url}/room/${caseId}`)
  await mediator.sees('rooms.confirm.title-mediator')
  await shot(mediator, 'confirm-mediator', { whole: true })
  await confirmAgreement(mediator, '-mediator')
  await mediator.sees('caucus.board.title')
  await shot(mediator, 'board-preparing', { whole: true })
  await mediator.press('rooms.session.start')
  await expect(mediator.button('caucus.board.admit-all').first()).toBeVisible()
  await shot(mediator, 'board-waiting', { whole: true })
  await admit(mediator, AIGUL)
  await admit(mediator, PAVEL)
  await mediator.press('caucus.board.enter', boardRoom(mediator, mediator.say('caucus.board.joint')))
  await shot(mediator, 'room-empty', THREE)
  await talk(tour)
  await lostConnection(tour)
  await help(tour)
  await apart(tour)
  await draft(tour)
}

async function talk({ mediator, aigul, pavel, shot }: Tour): Promise<void> {
  await mediator.page.locator('.ui-composer textarea').fill(TALK.welcome)
  await mediator.page.keyboard.press('Control+Enter')
  await expect(mediator.page.getByRole('alertdialog')).toBeVisible()
  await shot(mediator, 'room-question')
  await mediator.page.getByRole('alertdialog').getByRole('button').first().click()
  await expect(mediator.page.locator('.ui-undo')).toBeVisible()
  await shot(mediator, 'room-held', PHONE_ONLY)
  await hears(aigul, TALK.welcome)
  await writeFirst(aigul, TALK.aigul)
  await mayTell(aigul, () => shot(aigul, 'alerts-question'))
  await hears(pavel, TALK.aigul)
  await writeFirst(pavel, TALK.pavel)
  await mayTell(pavel)
  await hears(mediator, TALK.pavel)
  await write(mediator, TALK.thanks)
  await hears(aigul, TALK.thanks)
  await write(aigul, TALK.yes)
  await hears(mediator, TALK.yes)
  await shot(mediator, 'room-mediator', THREE)
  await shot(aigul, 'room-party', THREE)
}

/** After the first own words it is asked once whether something new may be told. */
async function mayTell(person: Someone, before: () => Promise<void> = async () => undefined): Promise<void> {
  await person.sees('rooms.alerts.question')
  await before()
  await person.press('rooms.alerts.question.no')
}

async function lostConnection({ aigul, shot }: Tour): Promise<void> {
  await aigul.context.setOffline(true)
  await aigul.sees('rooms.offline.title')
  await aigul.page.locator('.ui-composer textarea').fill(TALK.unsent)
  await aigul.page.keyboard.press('Control+Enter')
  await hears(aigul, TALK.unsent)
  await shot(aigul, 'offline')
  await aigul.context.setOffline(false)
  await aigul.sees('rooms.sync-status.sent')
}

async function help({ aigul, pavel, mediator, shot }: Tour): Promise<void> {
  await aigul.page.getByRole('button', { name: aigul.say('rooms.tab.help') }).click()
  await aigul.page.locator('details.rooms-help').nth(1).locator('summary').click()
  await shot(aigul, 'help', PHONE_ONLY)
  await aigul.press('caucus.call.button')
  await aigul.reads('caucus.call.title')
  await shot(aigul, 'call-mediator')
  await aigul.page.keyboard.press('Escape')
  await aigul.page.getByRole('button', { name: aigul.say('rooms.tab.talk') }).click()
  for (const [person, name] of [
    [aigul, 'menu'],
    [mediator, 'menu-mediator'],
  ] as const) {
    await person.press('rooms.menu')
    await shot(person, name, { sizes: [person === aigul ? 'phone' : 'desktop'] })
    await person.page.keyboard.press('Escape')
  }
  await pavel.press('rooms.menu')
  await pavel.page.getByRole('menuitem', { name: pavel.say('rooms.leave.item') }).click()
  await pavel.reads('rooms.leave.right')
  await shot(pavel, 'leave-dialog')
  await pavel.press('rooms.leave.stay', pavel.dialog())
  await pavel.press('caucus.call.button')
  await pavel.press('caucus.call.reason.question', pavel.dialog())
  await pavel.sees('caucus.call.pending')
}

async function apart({ mediator, aigul, shot }: Tour): Promise<void> {
  await inviteApart(mediator, BEREKE, () => shot(mediator, 'caucus-invite-dialog'))
  await aigul.sees('caucus.invitation.title')
  await shot(aigul, 'caucus-invitation')
  await stepOver(aigul, () => shot(aigul, 'caucus-step-over'))
  await shot(aigul, 'caucus-empty', PHONE_ONLY)
  await writeFirst(mediator, APART.question)
  await hears(aigul, APART.question)
  await writeFirst(aigul, APART.answer)
  await hears(mediator, APART.answer)
  await shot(mediator, 'caucus-mediator', THREE)
  await shot(aigul, 'caucus-party')
  await mediator.press('rooms.board-short')
  await write(aigul, 'Күтеміз.')
  await expect(mediator.page.locator('.caucus-board-news')).toBeVisible()
  await shot(mediator, 'board', { ...THREE, whole: true })
  await mediator.press('rooms.session.end')
  await shot(mediator, 'end-session-dialog')
  await mediator.press('rooms.session.go-on', mediator.dialog())
  await mediator.press('rooms.mediation.end')
  await shot(mediator, 'end-mediation-dialog')
  await mediator.page.keyboard.press('Escape')
  await mediator.press('rooms.talk-short')
  await goTo(mediator, mediator.say('rooms.all'))
  await goTo(aigul, aigul.say('rooms.all'))
}

async function draft({ mediator, aigul, pavel, locale, shot }: Tour): Promise<void> {
  await readDraft(aigul)
  await shot(aigul, 'draft-fresh', PHONE_ONLY)
  await writeAgreement(pavel, locale)
  await readDraft(mediator)
  await expect(mediator.page.locator('.draft').getByText('460 000')).toBeVisible()
  await shot(mediator, 'room-with-draft', THREE)
  await shot(aigul, 'draft-reading', PHONE_ONLY)
  await openDraft(aigul)
  await aigul.page.locator('.draft-sheet').getByText('460 000').click()
  await shot(aigul, 'draft-editing', PHONE_ONLY)
  await aigul.press('drafting.done')
  await mediator.press('drafting.mediator.close')
  await shot(mediator, 'freeze-dialog-not-ready', DESKTOP_ONLY)
  await mediator.press('drafting.close.notYet', mediator.dialog())
  await aigul.page.getByRole('radio', { name: aigul.say('drafting.ready.yes') }).click()
  await aigul.sees('drafting.ready.given')
  await shot(aigul, 'draft-ready', PHONE_ONLY)
  await pavel.page.getByRole('radio', { name: pavel.say('drafting.ready.yes') }).click()
  await pavel.sees('drafting.ready.given')
  await mediator.press('drafting.mediator.close')
  await expect(mediator.button('drafting.close.confirm', mediator.dialog())).toBeEnabled()
  await shot(mediator, 'freeze-dialog-ready', DESKTOP_ONLY)
  await mediator.press('drafting.close.confirm', mediator.dialog())
  await mediator.sees('signing.title')
}
