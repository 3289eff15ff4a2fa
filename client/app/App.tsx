// The page around every screen: language, theme, announcements, routes, and what to show when something breaks.
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { isLocale } from '#client/i18n/choose-locale.ts'
import { TextsProvider } from '#client/i18n/texts.tsx'
import { ThemeContext } from '#client/ui/actions/theme.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { LiveRegion } from '#client/ui/feedback/LiveRegion.tsx'
import { ReloadContext } from '#client/ui/feedback/reload.ts'
import { Loading } from '#client/ui/feedback/states.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { EnterContext } from '#client/ui/talk/enter-choice.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { followInnerLinks } from './inner-links.ts'
import { TextLoaderContext } from './lazy-part.tsx'
import { WorkerContext } from './leave-page/worker-context.ts'
import type { Preferences } from './preferences.ts'
import type { Routes } from './routes.ts'
import type { TextLoader } from './text-loading.ts'
import { UpdateBanner } from './UpdateBanner.tsx'
import type { UpdateWatch } from './update-watch.ts'

interface AppProps {
  readonly texts: TextLoader
  readonly preferences: Preferences
  readonly firstLocale: Locale
  readonly routes: Routes
  readonly updates: UpdateWatch
  /** A screen stands there whole, and it is not the one that is fetched over the weakest lines. */
  readonly onShown: () => void
}

export function App({ texts, preferences, firstLocale, routes, updates, onShown }: AppProps) {
  const [, navigate] = useLocation()
  useEffect(() => followInnerLinks(document, navigate), [navigate])
  return (
    <Language texts={texts} preferences={preferences} first={firstLocale}>
      <ThemeKeeper preferences={preferences}>
        <EnterKeeper preferences={preferences}>
          <LiveRegion>
            <UpdateBanner updates={updates} />
            <WorkerContext value={updates.registered}>
              <ReloadContext value={updates.take}>
                <ErrorBoundary>
                  <Suspense fallback={<Loading />}>
                    <Switch>
                      {routes.map(({ path, Screen }) => (
                        <Route key={path} path={path}>
                          <Screen />
                          {path !== '/join' && <Shown onShown={onShown} />}
                        </Route>
                      ))}
                      <Route>
                        <PageFrame header={<PageHeader home="/" />} width="narrow">
                          <ErrorState problem={{ kind: 'not-found' }} />
                        </PageFrame>
                        <Shown onShown={onShown} />
                      </Route>
                    </Switch>
                  </Suspense>
                </ErrorBoundary>
              </ReloadContext>
            </WorkerContext>
          </LiveRegion>
        </EnterKeeper>
      </ThemeKeeper>
    </Language>
  )
}

/** Beside a screen that is on its way React keeps this waiting, too. */
function Shown({ onShown }: { onShown: () => void }): null {
  useEffect(onShown, [onShown])
  return null
}

function Language({
  texts,
  preferences,
  first,
  children,
}: {
  texts: TextLoader
  preferences: Preferences
  first: Locale
  children: ReactNode
}) {
  const [locale, setLocale] = useState(first)
  const speak = useCallback(
    (chosen: Locale) => {
      // when the words cannot be fetched (no connection), the page goes on in the language it has
      texts.speak(chosen).then(
        () => setLocale(chosen),
        () => undefined,
      )
    },
    [texts],
  )
  const choose = useCallback(
    (chosen: Locale) => {
      preferences.keepLocale(chosen)
      speak(chosen)
    },
    [speak, preferences],
  )
  const suggest = useCallback(
    (known: Locale) => {
      if (!isLocale(preferences.storedLocale())) speak(known)
    },
    [speak, preferences],
  )
  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])
  const choice = useMemo(() => ({ locale, choose, suggest }), [locale, choose, suggest])
  return (
    <TextsProvider store={texts.store} choice={choice}>
      <TextLoaderContext value={texts}>{children}</TextLoaderContext>
    </TextsProvider>
  )
}

function ThemeKeeper({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const [theme, choose] = useKept(preferences.storedTheme, preferences.keepTheme)
  useEffect(() => {
    if (theme === 'device') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  const choice = useMemo(() => ({ theme, choose }), [theme, choose])
  return <ThemeContext value={choice}>{children}</ThemeContext>
}

function EnterKeeper({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const [sends, choose] = useKept(preferences.enterSends, preferences.keepEnterSends)
  const choice = useMemo(() => ({ sends, choose }), [sends, choose])
  return <EnterContext value={choice}>{children}</EnterContext>
}

/** What was chosen on this device, and how to choose anew. */
function useKept<Choice>(read: () => Choice, keep: (chosen: Choice) => void): readonly [Choice, (chosen: Choice) => void] {
  const [chosen, setChosen] = useState(read)
  const choose = useCallback(
    (next: Choice) => {
      keep(next)
      setChosen(() => next)
    },
    [keep],
  )
  return [chosen, choose]
}
