// What a body counts as in its author's measure, there and destroyed. In steps, so that the length of a destroyed "yes" is not kept.

const STEP = 64

export function countedBytes(length: number): number {
  return Math.ceil(length / STEP) * STEP
}
