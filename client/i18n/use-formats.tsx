import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { createFormats, DEFAULT_ZONE, type Formats } from './formats.ts'
import { useLocale, useTexts } from './texts.tsx'

const ZoneContext = createContext(DEFAULT_ZONE)

/** The zone of a case: everybody in it reads the same times, wherever they sit. */
export function ZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  return <ZoneContext value={zone}>{children}</ZoneContext>
}

export function useFormats(): Formats {
  const t = useTexts()
  const { locale } = useLocale()
  const zone = useContext(ZoneContext)
  return useMemo(() => createFormats({ locale, t, zone }), [locale, t, zone])
}
