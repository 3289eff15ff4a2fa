/** What comes in whatever portions, in parts of this length. What had come before the stream broke is handed on first. */
export async function* gathered(stream: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let room = new Uint8Array(length)
  let filled = 0
  let broken: { readonly cause: unknown } | undefined
  const arrived = stream[Symbol.asyncIterator]()
  for (;;) {
    const next = await arrived.next().catch((cause: unknown) => {
      broken = { cause }
      return { done: true, value: undefined } as const
    })
    if (next.done) break
    for (let at = 0; at < next.value.length; ) {
      const taken = next.value.subarray(at, at + length - filled)
      room.set(taken, filled)
      filled += taken.length
      at += taken.length
      if (filled < length) continue
      yield room
      room = new Uint8Array(length)
      filled = 0
    }
  }
  if (filled > 0) yield room.subarray(0, filled)
  if (broken) throw broken.cause
}
