// One file out of an archive that another program packed. Never more than it says it is: what unpacks to more is given up at once.

const STORED = 0
const DEFLATED = 8

interface Packed {
  readonly method: number
  /** Of the content, unpacked. */
  readonly size: number
}

/** Undefined for bytes that do not unpack to just this size; 'unknown' for a way of packing that this device does not know. */
export async function unpack(bytes: Uint8Array, { method, size }: Packed): Promise<Uint8Array | 'unknown' | undefined> {
  if (method === STORED) return bytes.length === size ? bytes : undefined
  const { DecompressionStream } = globalThis as WithStreams // browsers and Node have it; an older browser has not
  if (method !== DEFLATED || !DecompressionStream) return 'unknown'
  const { writable, readable } = new DecompressionStream('deflate-raw')
  const writer = writable.getWriter()
  const reader = readable.getReader()
  const content = new Uint8Array(size)
  let filled = 0
  // What cannot be read is told by the reader below; the writer then fails with the same error.
  writer.write(bytes).catch(() => undefined)
  writer.close().catch(() => undefined)
  try {
    for (let step = await reader.read(); step.value; step = await reader.read()) {
      if (filled + step.value.length > size) return undefined
      content.set(step.value, filled)
      filled += step.value.length
    }
    return filled === size ? content : undefined
  } catch {
    return undefined // not what this way of packing writes
  } finally {
    reader.cancel().catch(() => undefined) // what is left is of no interest, and neither is how it ends
  }
}

/** The little of the streams that is needed, named here because shared code sees neither DOM nor Node. */
interface WithStreams {
  readonly DecompressionStream?: new (
    format: 'deflate-raw',
  ) => {
    readonly writable: { getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> } }
    readonly readable: { getReader(): { read(): Promise<{ readonly value?: Uint8Array | undefined }>; cancel(): Promise<void> } }
  }
}
