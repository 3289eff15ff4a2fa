// Loads the texts of the route groups in use, and all of them again when the language changes.
import { loadTexts } from 'virtual:texts'
import { createTextStore, type TextStore } from '#client/i18n/texts.tsx'
import type { Locale } from '#shared/kernel/locale.ts'
import type { TextGroup } from './text-groups.ts'

export interface TextLoader {
  readonly store: TextStore
  /** Resolves when the group can be shown in the current language. */
  need(group: TextGroup): Promise<void>
  speak(locale: Locale): Promise<void>
}

export function createTextLoader(first: Locale): TextLoader {
  const store = createTextStore({
    missing: (id) => {
      if (import.meta.env.DEV) console.error(`text not loaded: ${id} (does the route name its group?)`)
    },
  })
  let locale = first
  const groups = new Set<TextGroup>()
  const loaded = new Map<string, Promise<void>>()
  const load = (group: TextGroup, language: Locale) => {
    const key = `${group}/${language}`
    const known = loaded.get(key)
    if (known) return known
    const loading = loadTexts(group, language).then((messages) => store.add(language, messages))
    loaded.set(key, loading)
    // a failed download must be tried again next time, not remembered
    loading.catch(() => loaded.delete(key))
    return loading
  }
  return {
    store,
    need: (group) => {
      groups.add(group)
      return load(group, locale)
    },
    speak: async (language) => {
      locale = language
      await Promise.all([...groups].map((group) => load(group, language)))
      // a later choice may have overtaken this one
      if (locale === language) store.show(language)
    },
  }
}
