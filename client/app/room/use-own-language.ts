import { useEffect } from 'react'
import { useLocale } from '#client/i18n/texts.tsx'
import { useMe, useSlice } from '#client/realtime/use-case.tsx'
import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { mediates } from '#shared/kernel/roles.ts'

/** Whoever has chosen no language on this device meets the one that the case says of them. A mediator comes from the office and keeps its. */
export function useOwnLanguage(): void {
  const { suggest } = useLocale()
  const me = useMe()
  const state = useSlice(caseFold, 'case')
  const person = me && state ? personIn(state, me) : undefined
  const language = person && !mediates(person) ? person.language : undefined
  useEffect(() => {
    if (language) suggest(language)
  }, [language, suggest])
}
