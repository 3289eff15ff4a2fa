/**
 * How far a case is. Whether a session runs, and on which ground of art. 26 the mediation ended, are facts beside it.
 * performing: the settlement is signed, the mediation over, and people carry out what they agreed; they can still write.
 */
export const CASE_PHASES = ['preparing', 'mediating', 'performing', 'closed'] as const
export type CasePhase = (typeof CASE_PHASES)[number]

/** The mediation itself is over, by a settlement or by another ground of art. 26. */
export function isMediationOver(phase: CasePhase): boolean {
  return phase === 'performing' || phase === 'closed'
}
