import { useSlice } from '#client/realtime/use-case.tsx'
import { type CaucusState, caucusFold } from '#shared/caucus/caucus-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'

export function useCaucus(side: SideId): CaucusState {
  return useSlice(caucusFold, sideAudience(side)) ?? caucusFold.initial
}
