/** While a thing is being made, everybody who asks for it waits for the same making. What failed is made anew by the next who asks. */
export class SingleFlight<Made> {
  readonly #flights = new Map<string, Promise<Made>>()

  run(name: string, make: () => Promise<Made>): Promise<Made> {
    const known = this.#flights.get(name)
    if (known) return known
    const flight = make().finally(() => this.#flights.delete(name))
    this.#flights.set(name, flight)
    return flight
  }
}
