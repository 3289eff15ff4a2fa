// The client's composition root: the only place that touches the real storage, clock and service worker.
import '#client/ui/styles/tokens.css'
import '#client/ui/styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from '#client/app/App.tsx'
import { deviceStorage } from '#client/app/device-storage.ts'
import { firstAct } from '#client/app/first-act.ts'
import { firstJoinOf } from '#client/app/first-join/first-join.ts'
import { isBackAfterLeaving } from '#client/app/leave-page/away.ts'
import { needsSecureContext } from '#client/app/needs-secure-context.ts'
import { goOnForgetting } from '#client/app/phone/to-forget.ts'
import { createPreferences } from '#client/app/preferences.ts'
import { createRoutes } from '#client/app/routes.ts'
import { tellLoaded } from '#client/app/tell-loaded.ts'
import { createTextLoader } from '#client/app/text-loading.ts'
import { watchUpdates, withoutUpdates } from '#client/app/update-watch.ts'
import { createApi } from '#client/http/api.ts'
import { createTools, ToolsProvider } from '#client/http/tools.tsx'
import { chooseLocale } from '#client/i18n/choose-locale.ts'
import { watchLostStyles } from '#client/ui/feedback/lost-styles.ts'
import type { Timers } from '#shared/kernel/clock.ts'

async function start(page: HTMLElement): Promise<void> {
  if (isBackAfterLeaving(window)) return
  void goOnForgetting().catch(() => undefined)
  const preferences = createPreferences(deviceStorage())
  const theme = preferences.storedTheme()
  if (theme !== 'device') document.documentElement.dataset.theme = theme
  if (needsSecureContext(window)) {
    firstJoinOf(document).end()
    const { SecureContextNeeded } = await import('#client/app/SecureContextNeeded.tsx')
    createRoot(page).render(<SecureContextNeeded address={window.location.host} />)
    return
  }
  const firstLocale = chooseLocale({ stored: preferences.storedLocale(), device: navigator.languages })
  const texts = createTextLoader(firstLocale)
  document.documentElement.lang = firstLocale
  await texts.need('shell')
  texts.store.show(firstLocale)
  const reload = () => window.location.reload()
  const worker = import.meta.env.PROD ? navigator.serviceWorker : undefined
  let onShown: () => void = () => undefined
  const shown = new Promise<void>((resolve) => {
    onShown = resolve
  })
  const acted = shown.then(() => firstAct(window, pageTimers))
  // letters are read in any face: on a weak line its files wait until what the person came for is there
  const isWeak = performance.now() > WEAK_AFTER
  void (isWeak ? acted : shown).then(() => import('#client/ui/styles/fonts.css')).catch(() => undefined) // without them the device's own face stays
  const updates = worker ? watchUpdates(worker, { start: acted, reload, timers: pageTimers }) : withoutUpdates(reload)
  if (worker) void worker.ready.then(({ active }) => active && tellLoaded(active, performance))
  const clock = { now: () => Date.now() }
  const api = createApi({ fetch: (url, init) => window.fetch(url, init), clock })
  const tools = createTools({ api, clock, timers: pageTimers, storage: deviceStorage() })
  createRoot(page).render(
    <ToolsProvider tools={tools}>
      <App
        texts={texts}
        preferences={preferences}
        firstLocale={firstLocale}
        routes={createRoutes(texts)}
        updates={updates}
        onShown={onShown}
      />
    </ToolsProvider>,
  )
}

/** Milliseconds from the tap until the program runs; on an ordinary line it is there in less than one second. */
const WEAK_AFTER = 4_000

const pageTimers: Timers = {
  after(milliseconds, run) {
    const timer = window.setTimeout(run, milliseconds)
    return () => window.clearTimeout(timer)
  },
}

watchLostStyles(document)
const page = document.getElementById('root')
if (page) void start(page)
