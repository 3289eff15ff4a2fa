// The client's composition root: the only place that touches the real storage, clock and service worker.
import '#client/ui/styles/tokens.css'
import '#client/ui/styles/fonts.css'
import '#client/ui/styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from '#client/app/App.tsx'
import { firstAct } from '#client/app/first-act.ts'
import { watchLostStyles } from '#client/app/lost-styles.ts'
import { needsSecureContext } from '#client/app/needs-secure-context.ts'
import { createPreferences, deviceStorage } from '#client/app/preferences.ts'
import { createRoutes } from '#client/app/routes.ts'
import { tellLoaded } from '#client/app/tell-loaded.ts'
import { createTextLoader } from '#client/app/text-loading.ts'
import { NO_UPDATES, watchUpdates } from '#client/app/update-watch.ts'
import { createApi } from '#client/http/api.ts'
import { createTools, ToolsProvider } from '#client/http/tools.tsx'
import { chooseLocale } from '#client/i18n/choose-locale.ts'
import type { Timers } from '#shared/kernel/clock.ts'

async function start(page: HTMLElement): Promise<void> {
  const preferences = createPreferences(deviceStorage())
  const theme = preferences.storedTheme()
  if (theme !== 'device') document.documentElement.dataset.theme = theme
  if (needsSecureContext(window)) {
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
  const updates = worker ? watchUpdates(worker, { start: firstAct(window, pageTimers), reload }) : NO_UPDATES
  if (worker) void worker.ready.then(({ active }) => active && tellLoaded(active, performance))
  const clock = { now: () => Date.now() }
  const api = createApi({ fetch: (url, init) => window.fetch(url, init), clock })
  const tools = createTools({ api, clock, timers: pageTimers, storage: deviceStorage() })
  createRoot(page).render(
    <ToolsProvider tools={tools}>
      <App texts={texts} preferences={preferences} firstLocale={firstLocale} routes={createRoutes(texts)} updates={updates} />
    </ToolsProvider>,
  )
}

const pageTimers: Timers = {
  after(milliseconds, run) {
    const timer = window.setTimeout(run, milliseconds)
    return () => window.clearTimeout(timer)
  },
}

watchLostStyles(document)
const page = document.getElementById('root')
if (page) void start(page)
