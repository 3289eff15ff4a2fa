// The phone was given away: everything of the one who had it leaves the screen, the memory and the device, and a page that knows nothing lies over it.
import { forgetCase } from '#client/app/routes/case-on-device.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'

export const PHONE_PAGE = '/phone'
/** What deleting may take before the page goes in any case. */
const MOMENT = 2_000

/** The page is loaded anew, so that nothing of this one's memory is left, and takes its place in the tab's history. */
export async function coverPhone(page: Window, whose: { readonly caseId: CaseId; readonly participantId: ParticipantId }): Promise<void> {
  page.document.documentElement.replaceChildren()
  // words that were not sent were asked about before
  page.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  await Promise.race([forgetCase(whose).catch(() => undefined), new Promise<void>((resolve) => page.setTimeout(resolve, MOMENT))])
  page.location.replace(PHONE_PAGE)
}
