// Computes, behind the screen's back, the hash of every event taken in, and names the first that is not what it says.
import type { Audience } from '#shared/kernel/audience.ts'
import { base64url, fromBase64url } from '#shared/kernel/bytes.ts'
import { serialQueue } from '#shared/kernel/serial-queue.ts'
import { digestInput, headerBytes } from '#shared/log/event.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'

export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>

interface ChainWatch {
  add(event: WireEvent): void
  settled(): Promise<void>
}

export function createChainWatch(digest: Digest | undefined, onFault: (audience: Audience, seq: number) => void): ChainWatch {
  const inTurn = serialQueue()
  return {
    add(event) {
      if (!digest) return
      void inTurn(async () => {
        if (!(await isWhatItSays(event, digest))) onFault(event.audience, event.seq)
      })
    },
    settled: () => inTurn(() => undefined),
  }
}

async function isWhatItSays(event: WireEvent, digest: Digest): Promise<boolean> {
  try {
    const bodyDigest = fromBase64url(event.bodyDigest)
    if (event.body !== null) {
      const taken = await digest(digestInput(fromBase64url(event.salt), event.body))
      if (base64url(taken) !== event.bodyDigest) return false
    }
    const hash = await digest(headerBytes({ ...event, bodyDigest, previous: fromBase64url(event.previous) }))
    return base64url(hash) === event.hash
  } catch {
    return false // not base64url: nothing that our server would have sent
  }
}
