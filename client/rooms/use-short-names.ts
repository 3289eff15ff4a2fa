import { useMemo } from 'react'
import { type ShortNames, shortNames } from './short-names.ts'
import { useCase } from './use-room.ts'

/** What everybody in the case and every side is called for short. */
export function useShortNames(): ShortNames {
  const { facts } = useCase().state
  return useMemo(() => shortNames([...(facts?.people ?? []), ...(facts?.sides ?? [])].map(({ name }) => name)), [facts])
}
