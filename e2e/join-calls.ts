// Into a call and out of it, by what stands on the screen.
import { expect } from '@playwright/test'
import type { Someone } from './people.ts'

/** With a tested microphone. */
export async function openJointCall(mediator: Someone): Promise<void> {
  await mediator.press('calls.entry.button')
  await mediator.press('calls.enter.test', mediator.dialog())
  await expect
    .poll(() =>
      mediator
        .dialog()
        .getByRole('meter')
        .evaluate((meter: HTMLMeterElement) => meter.value),
    )
    .toBeGreaterThan(0.2)
  await mediator.press('calls.enter.do.open', mediator.dialog())
}

/** By the person's own press. */
export async function joinCall(person: Someone): Promise<void> {
  await person.press('calls.offer.join')
  await person.press('calls.enter.do', person.dialog())
  await expect(person.dialog()).toHaveCount(0)
}

/** From the joint call into one with a side alone: all others read of a pause like any other. */
export async function talkApart(mediator: Someone): Promise<void> {
  await mediator.press('calls.entry.button')
  await mediator.sees('calls.pause.first', mediator.dialog())
  await mediator.press('calls.enter.do.pause', mediator.dialog())
}

export async function resumeJointCall(mediator: Someone): Promise<void> {
  await mediator.press('calls.leave')
  await mediator.press('calls.paused.resume')
  await mediator.press('calls.enter.do.resume', mediator.dialog())
}
