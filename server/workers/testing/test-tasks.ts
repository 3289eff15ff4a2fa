// Tasks that behave well and badly, for tests with real threads.
import { defineTask } from '../task.ts'

const limits = { priority: 'background', timeout: 15_000 } as const

export const echo = defineTask<string, string>('echo', limits)
/** Bytes of a length, and how many of those that were answered last are still in the thread. */
export const make = defineTask<number, Uint8Array>('make', limits)
export const kept = defineTask<undefined, number>('kept', limits)
export const hang = defineTask<undefined, never>('hang', limits)
export const waste = defineTask<undefined, never>('waste', limits)
export const fault = defineTask<string, never>('fault', limits)
