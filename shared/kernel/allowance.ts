/** So much at once, and so much more with each minute. */
export interface AllowanceRate {
  readonly burst: number
  readonly perMinute: number
}

/** What is left of an allowance. Whoever uses it decides whether it may run into debt. */
export class Allowance {
  #left: number
  #at: number

  constructor({ burst }: AllowanceRate, now: number) {
    this.#left = burst
    this.#at = now
  }

  left({ burst, perMinute }: AllowanceRate, now: number): number {
    const minutes = (now - this.#at) / 60_000
    this.#at = now
    // A clock that was set back says nothing of how much time has passed: nobody waits, or is cut off, for it.
    this.#left = minutes < 0 ? burst : Math.min(burst, this.#left + minutes * perMinute)
    return this.#left
  }

  charge(amount: number): void {
    this.#left -= amount
  }
}
