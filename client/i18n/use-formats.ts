import { useMemo } from 'react'
import { createFormats, DEFAULT_ZONE, type Formats } from './formats.ts'
import { useLocale, useTexts } from './texts.tsx'

/** Everybody reads the same times, wherever they sit. */
export function useFormats(): Formats {
  const t = useTexts()
  const { locale } = useLocale()
  return useMemo(() => createFormats({ locale, t, zone: DEFAULT_ZONE }), [locale, t])
}
