// The phone was given away: everything of the one who had it leaves the screen, the memory and the device, and a page that knows nothing lies over it.
import { forgetCase } from '#client/app/routes/case-on-device.ts'
import { PHONE_KEY } from '#client/identity/phone/people-on-phone.ts'
import { dropMark, markToForget, type PersonOfCase, toForget } from './to-forget.ts'

export const PHONE_PAGE = '/phone'
/** What deleting may take before the page goes in any case. */
const MOMENT = 2_000

/** The page is loaded anew, so that nothing of this one's memory is left, and takes its place in the tab's history. */
export async function coverPhone(page: Window, whose: PersonOfCase): Promise<void> {
  page.document.documentElement.replaceChildren()
  // words that were not sent were asked about before
  page.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true })
  emptyTab(page)
  await forgetNow(page, whose)
  page.location.replace(PHONE_PAGE)
}

/** What was not taken away within a moment is gone on with by the next page. */
export async function forgetNow(page: Window, whose: PersonOfCase): Promise<void> {
  markToForget(whose)
  const done = forgetCase(whose).then(
    () => dropMark(whose),
    () => undefined,
  )
  await Promise.race([done, new Promise<void>((resolve) => page.setTimeout(resolve, MOMENT))])
}

export async function forgetMarked(): Promise<void> {
  for (const whose of toForget()) await forgetNow(window, whose)
}

/** What the tab remembers for a reload: the call that its person was in, how much of their data it took. */
function emptyTab({ sessionStorage: kept }: Window): void {
  try {
    for (const key of Object.keys(kept)) if (key !== PHONE_KEY) kept.removeItem(key)
  } catch {
    // a browser that keeps nothing there
  }
}
