// For component tests: the real texts of every capability, compiled as they are needed, in the language the test asks for.
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import type { Locale } from '#shared/kernel/locale.ts'
import type { CompiledMessage } from './message.ts'
import type { Translate } from './text-ids.ts'
import { createTextStore, type LocaleChoice, type TextStore, TextsProvider } from './texts.tsx'

const FILES = {
  ...import.meta.glob<Record<string, string>>('/client/*/texts/*.json', { eager: true, import: 'default' }),
  ...import.meta.glob<Record<string, string>>('/shared/*/texts/*.json', { eager: true, import: 'default' }),
}

function testTexts(locale: Locale): TextStore {
  const store = createTextStore({
    missing: (id) => {
      throw new Error(`text not found: ${id}`)
    },
  })
  // of what the compiler can make, what our texts make use of
  for (const [file, messages] of Object.entries(FILES)) {
    if (!file.endsWith(`/${locale}.json`)) continue
    store.add(locale, Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, compileMessage(message) as CompiledMessage])))
  }
  store.show(locale)
  return store
}

/** `t` without a component. */
export function testTranslate(locale: Locale) {
  return testTexts(locale).state() as Translate // its language is shown
}

export function renderWithTexts(ui: ReactNode, options: { locale?: Locale } = {}) {
  const locale = options.locale ?? 'en'
  const choice: LocaleChoice = { locale, choose: () => undefined, suggest: () => undefined }
  const store = testTexts(locale)
  return render(ui, {
    wrapper: ({ children }) => (
      <TextsProvider store={store} choice={choice}>
        {children}
      </TextsProvider>
    ),
  })
}
