// The words on the screen: `const t = useTexts()`, then `t('ui.cancel')`. A message that is not loaded is an error in
// development and its id in production; the build has already refused what is missing in a language.
import { cloneElement, createContext, createElement, Fragment, type ReactElement, type ReactNode, useContext } from 'react'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { type CompiledMessage, messageWords, type Values } from './message.ts'
import type { TextId, Translate } from './text-ids.ts'

export type Messages = Readonly<Record<string, CompiledMessage>>

/** What the page's texts can be asked to do; made once by the composition root. */
export interface TextStore extends Pick<Store<Translate | undefined>, 'subscribe'> {
  /** Another function whenever the language changes or more texts have come, so that everything that speaks is drawn anew. */
  state(): Translate | undefined
  add(locale: Locale, messages: Messages): void
  show(locale: Locale): void
}

export function createTextStore(options?: { missing?: (id: string) => void }): TextStore {
  const known: Partial<Record<Locale, Messages>> = {}
  const { state, subscribe, set } = createStore<Translate | undefined>(undefined)
  let shown: Locale | undefined

  function translatorOf(locale: Locale): Translate {
    const messages = known[locale] ?? {}
    return (id, ...[values]) => {
      const message = messages[id]
      if (message !== undefined) return messageWords(message, locale, values as Values | undefined) // what each text needs, it has: checked where it is asked for
      options?.missing?.(id)
      return id
    }
  }

  return {
    state,
    subscribe,
    add(locale, messages) {
      known[locale] = { ...known[locale], ...messages }
      if (locale === shown) set(translatorOf(locale))
    },
    show(locale) {
      shown = locale
      set(translatorOf(locale))
    },
  }
}

export interface LocaleChoice {
  readonly locale: Locale
  readonly choose: (locale: Locale) => void
  /** What a case says of the person: taken unless they chose a language themselves, and not kept. */
  readonly suggest: (locale: Locale) => void
}

const LocaleContext = createContext<LocaleChoice>({ locale: 'ru', choose: () => undefined, suggest: () => undefined })
const TextsContext = createContext<Translate | undefined>(undefined)

/** Nothing is drawn before a language is there. */
export function TextsProvider({ store, choice, children }: { store: TextStore; choice: LocaleChoice; children: ReactNode }) {
  const translate = useStore(store)
  return <LocaleContext value={choice}>{translate && <TextsContext value={translate}>{children}</TextsContext>}</LocaleContext>
}

export function useTexts(): Translate {
  const translate = useContext(TextsContext)
  if (!translate) throw new Error('outside of a TextsProvider')
  return translate
}

/** The language of the page, and how to change it. */
export function useLocale(): LocaleChoice {
  return useContext(LocaleContext)
}

const MARKED = /<(\w+)>(.*?)<\/\1>/

/** A text with marked places: `<b>…</b>` in the message becomes `marks.b`. */
export function RichText({ id, marks }: { id: TextId; marks: Readonly<Record<string, ReactElement>> }) {
  const t = useTexts() as (id: TextId) => string // a text with marks has no values
  // words, the name of a mark, what is marked; and again
  const shown = t(id)
    .split(MARKED)
    .map((part, at, parts) => {
      if (at % 3 === 0) return part
      const mark = at % 3 === 1 ? marks[part] : undefined
      return mark && cloneElement(mark, {}, parts[at + 1])
    })
  return createElement(Fragment, {}, ...shown)
}
