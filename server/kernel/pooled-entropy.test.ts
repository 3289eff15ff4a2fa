import { expect, it } from 'vitest'
import { pooledEntropy } from './pooled-entropy.ts'

it('[ARC-25] no byte that was drawn is handed out twice, and none stays where it was drawn', () => {
  const drawn: Uint8Array[] = []
  let next = 0
  const entropy = pooledEntropy((bytes) => {
    drawn.push(bytes)
    for (let at = 0; at < bytes.length; at += 4) new DataView(bytes.buffer).setUint32(at, ++next)
    return bytes
  })
  const handedOut: Uint8Array[] = []
  for (const count of [32, 16, 4_096, 8, 8_192, 12, 4_096, 4_000]) {
    const before = handedOut.map((bytes) => Uint8Array.from(bytes))
    handedOut.push(entropy.bytes(count, 'test'))
    expect(handedOut.slice(0, -1)).toEqual(before)
  }
  const words = handedOut.flatMap((bytes) => [...new Uint32Array(bytes.slice().buffer)])
  expect(new Set(words).size).toBe(words.length)
  const kept = drawn.filter((bytes) => !handedOut.includes(bytes)).flatMap((bytes) => [...new Uint32Array(bytes.buffer)])
  expect(kept.filter((word) => word !== 0 && words.includes(word))).toEqual([])
})
