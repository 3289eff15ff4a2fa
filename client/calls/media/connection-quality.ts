// Whether the way between two devices carries a picture beside the voice. Judged by what the browsers count, over a few samples: one bad
// second is no weak network.
import type { StatsSample } from './stats-sample.ts'

export type Quality = 'good' | 'weak'

const WEAK_LOSS = 0.08
const WEAK_DELAY = 0.9
/** Bits per second that are left for sending: a voice and a small picture need about 200,000. */
const WEAK_ROOM = 110_000
/** Samples in a row. */
const TO_CALL_WEAK = 3

export function isWeak(sample: StatsSample): boolean {
  return sample.loss > WEAK_LOSS || sample.delay > WEAK_DELAY || (sample.room !== undefined && sample.room < WEAK_ROOM)
}

/** Counts bad samples; a good one takes back one of them. */
export function nextWeakness(before: number, samples: readonly StatsSample[]): number {
  if (samples.length === 0) return 0
  return samples.some(isWeak) ? Math.min(TO_CALL_WEAK, before + 1) : Math.max(0, before - 1)
}

export function qualityOf(weakness: number): Quality {
  return weakness >= TO_CALL_WEAK ? 'weak' : 'good'
}
