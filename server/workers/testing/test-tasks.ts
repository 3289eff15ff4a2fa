// Tasks that behave well and badly, for tests with real threads.
import { defineTask } from '../task.ts'

const limits = { priority: 'background', timeout: 15_000 } as const

export const echo = defineTask<string, string>('echo', limits)
export const hang = defineTask<undefined, never>('hang', limits)
export const waste = defineTask<undefined, never>('waste', limits)
export const fault = defineTask<string, never>('fault', limits)
