import type { ShownProblem } from '#client/ui/problem-words.ts'

/** What to say of an exception on a screen. Code that cannot be fetched is a lost connection or a new version, not a fault. */
export function faultOf(error: unknown): ShownProblem {
  const fetching = error instanceof Error && /import|fetch|load/i.test(error.message)
  if (!fetching) return { kind: 'internal' }
  return navigator.onLine ? { kind: 'unsupported' } : { kind: 'offline' }
}
