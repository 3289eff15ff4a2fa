// The words on the screen: `const t = useTexts()`, then `t('ui.cancel')`. A message that is not loaded is an error in
// development and its id in production; the build has already refused what is missing in a language.

import { type I18n, setupI18n } from '@lingui/core'
import { I18nProvider, Trans, useLingui } from '@lingui/react'
import { createContext, type ReactElement, type ReactNode, useContext, useMemo } from 'react'
import type { Locale } from '#shared/kernel/locale.ts'
import type { TextArguments, TextId, TextValue, Translate } from './text-ids.ts'

export type Messages = Parameters<I18n['load']>[1]

/** What the page's texts can be asked to do; made once by the composition root. */
export interface TextStore {
  readonly i18n: I18n
  add(locale: Locale, messages: Messages): void
  show(locale: Locale): void
}

export function createTextStore(options?: { missing?: (id: string) => void }): TextStore {
  const i18n = setupI18n({
    missing: (_locale, id) => {
      options?.missing?.(id)
      return id
    },
  })
  return { i18n, add: (locale, messages) => i18n.load(locale, messages), show: (locale) => i18n.activate(locale) }
}

export interface LocaleChoice {
  readonly locale: Locale
  readonly choose: (locale: Locale) => void
  /** What a case says of the person: taken unless they chose a language themselves, and not kept. */
  readonly suggest: (locale: Locale) => void
}

const LocaleContext = createContext<LocaleChoice>({ locale: 'ru', choose: () => undefined, suggest: () => undefined })

export function TextsProvider({ store, choice, children }: { store: TextStore; choice: LocaleChoice; children: ReactNode }) {
  return (
    <LocaleContext value={choice}>
      <I18nProvider i18n={store.i18n}>{children}</I18nProvider>
    </LocaleContext>
  )
}

export function useTexts(): Translate {
  // useLingui's context value changes with the language, so everything that speaks is drawn anew
  const context = useLingui()
  return useMemo(() => translator(context.i18n), [context])
}

/** For words outside React (a notification, a document's title). */
export function translator(i18n: I18n): Translate {
  return <Id extends TextId>(id: Id, ...[values]: TextArguments<Id>) => i18n._(id, values as Record<string, TextValue> | undefined)
}

/** The language of the page, and how to change it. */
export function useLocale(): LocaleChoice {
  return useContext(LocaleContext)
}

/** A text with marked places: `<b>…</b>` in the message becomes `marks.b`, `{name}` becomes `values.name`, which may be a node. */
export function RichText({ id, values, marks }: { id: TextId; values?: Record<string, ReactNode>; marks?: Record<string, ReactElement> }) {
  return <Trans id={id} {...(values ? { values } : {})} {...(marks ? { components: marks } : {})} />
}
