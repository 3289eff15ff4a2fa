import { keptInEntry } from '#client/ui/state/history-entry.ts'

export const LINK_IN_ENTRY = 'link'

/** The secret that this entry of the tab's history still knows. */
export function keptLink(state: unknown): string | undefined {
  const kept = keptInEntry(LINK_IN_ENTRY, state)
  return typeof kept === 'string' ? kept : undefined
}
