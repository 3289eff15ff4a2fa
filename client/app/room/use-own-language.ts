import { useEffect } from 'react'
import { useLocale } from '#client/i18n/texts.tsx'
import { useMe, useSlice } from '#client/realtime/use-case.tsx'
import { caseFold, personIn } from '#shared/cases/case-state.ts'

/** Whoever has chosen no language on this device meets the one that the case says of them. */
export function useOwnLanguage(): void {
  const { suggest } = useLocale()
  const me = useMe()
  const state = useSlice(caseFold, 'case')
  const language = me && state ? personIn(state, me)?.language : undefined
  useEffect(() => {
    if (language) suggest(language)
  }, [language, suggest])
}
