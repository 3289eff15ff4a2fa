// The kit's gallery, a page of the dev server alone (`/kit.html`): the build starts from index.html and never sees it.
import '#client/ui/styles/tokens.css'
import '#client/ui/styles/fonts.css'
import '#client/ui/styles/base.css'
import { createRoot } from 'react-dom/client'
import { App } from '#client/app/App.tsx'
import { deviceStorage } from '#client/app/device-storage.ts'
import { createPreferences } from '#client/app/preferences.ts'
import { LandingRoute } from '#client/app/routes/landing.tsx'
import { createTextLoader } from '#client/app/text-loading.ts'
import { withoutUpdates } from '#client/app/update-watch.ts'
import { chooseLocale } from '#client/i18n/choose-locale.ts'
import { Gallery } from './Gallery.tsx'

async function show(page: HTMLElement): Promise<void> {
  const preferences = createPreferences(deviceStorage())
  const locale = chooseLocale({ stored: preferences.storedLocale(), device: navigator.languages })
  const texts = createTextLoader(locale)
  await texts.need('shell')
  texts.store.show(locale)
  const Screen = new URLSearchParams(window.location.search).get('part') === 'landing' ? LandingRoute : Gallery
  createRoot(page).render(
    <App
      texts={texts}
      preferences={preferences}
      firstLocale={locale}
      routes={[{ path: '*', Screen }]}
      updates={withoutUpdates(() => window.location.reload())}
      onShown={() => undefined}
    />,
  )
}

const page = document.getElementById('root')
if (page) void show(page)
