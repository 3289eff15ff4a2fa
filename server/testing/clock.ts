import type { Clock } from '#shared/kernel/clock.ts'

export interface SetClock extends Clock {
  set(now: number): void
}

export function setClock(now = Date.UTC(2026, 10, 22, 9)): SetClock {
  let current = now
  return {
    now: () => current,
    set(next) {
      current = next
    },
  }
}
