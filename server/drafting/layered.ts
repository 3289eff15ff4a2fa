/** A map over another map, which is left as it is. */
export class Layered<K, V> {
  readonly #own: Map<K, V>
  readonly #under: Layered<K, V> | undefined

  constructor(under?: Layered<K, V>) {
    this.#under = under
    this.#own = new Map()
  }

  get(key: K): V | undefined {
    return this.#own.get(key) ?? this.#under?.get(key)
  }

  set(key: K, value: V): void {
    this.#own.set(key, value)
  }

  keys(): ReadonlySet<K> {
    return new Set([...(this.#under?.keys() ?? []), ...this.#own.keys()])
  }
}
