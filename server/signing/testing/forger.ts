// For tests: somebody who has a bundle and no key. They change what they like and make every digest anew that anybody can make.
import { webcrypto } from 'node:crypto'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { ALIASES, withNewNames } from '#shared/protocol/aliases.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { chainJson, PART } from '#shared/signing/bundle/parts.ts'
import { readZip, writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { digestOf, fromEventHash, hexOf } from '#shared/signing/named-digest.ts'
import type { ClosingRecord } from '#shared/signing/sealed-records.ts'
import { linked } from '../bundle/sample-signing.ts'

const subtle = webcrypto.subtle

export function filesOf(bundle: Uint8Array): readonly ZipFile[] {
  const reading = readZip(bundle)
  if (!reading.ok) throw new Error(reading.fault)
  return reading.files
}

export function jsonOf<T>(files: readonly ZipFile[], name: string): T {
  return JSON.parse(fromUtf8(files.find((file) => file.name === name)?.bytes ?? new Uint8Array())) as T
}

export interface ForgedChain {
  readonly events: readonly WireEvent[]
  readonly closing: ClosingRecord | undefined
}

export function chainIn(files: readonly ZipFile[]): ForgedChain {
  const { events, closing } = jsonOf<ForgedChain>(files, PART.chain)
  return { events: withNewNames(events, ALIASES.chainEvent) as ForgedChain['events'], closing }
}

/** Every event linked to the one before again; a closing told of the new head, though its seal cannot be. */
export async function relinked({ events, closing }: ForgedChain): Promise<ForgedChain> {
  const again: WireEvent[] = []
  for (const event of events) again.push(await linked(event, again.at(-1)))
  const last = again.at(-1)
  if (!closing || !last) return { events: again, closing }
  return { events: again, closing: { ...closing, head: { m: again.length, digest: fromEventHash(last.hash) } } }
}

/** The files with another chain.json, however it is written, and a manifest that fits. */
export function withChain(files: readonly ZipFile[], chain: ForgedChain | string): Promise<Uint8Array> {
  const bytes = utf8(typeof chain === 'string' ? chain : chainJson(chain))
  return repacked(files.map((file) => (file.name === PART.chain ? { ...file, bytes } : file)))
}

/** These files under a manifest that lists them as they are now. */
export async function repacked(files: readonly ZipFile[]): Promise<Uint8Array> {
  const { parts: _, ...head } = jsonOf<{ format: string; parts: unknown }>(files, PART.manifest)
  const parts = []
  for (const { name, bytes } of files.filter((file) => file.name !== PART.manifest)) {
    const digest = await digestOf(subtle, bytes)
    parts.push({ name, size: bytes.length, ...(head.format.endsWith('/1') ? { sha256: hexOf(digest) } : { digest }) })
  }
  const manifest = utf8(`${JSON.stringify({ ...head, parts }, null, 2)}\n`)
  return writeZip(files.map((file) => (file.name === PART.manifest ? { ...file, bytes: manifest } : file)))
}
