// The text that this device shows and signs: made from its own copy of the draft where it has one, else from the stored text;
// believed only when its digest is the one that was frozen. The digest that is signed is always computed here.

import { canonicalText } from '#shared/document/canonical-text.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { type Block, parseBlocks } from '#shared/document/text/blocks.ts'
import { textDigest } from '#shared/document/text-code.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { fromUtf8, hex } from '#shared/kernel/bytes.ts'
import type { Bytes, Digester } from '#shared/kernel/digest.ts'
import type { OwnDocument } from './use-own-document.ts'

export type FrozenText =
  | {
      readonly kind: 'same'
      readonly text: string
      readonly blocks: readonly Block[]
      readonly digest: Bytes
      /** `device`: from the copy that lay on this device before the text was closed. `server`: from what it was sent afterwards. */
      readonly from: 'device' | 'server'
    }
  /** This device's copy, or what the server sent, is not the frozen text: nothing is signed here. */
  | { readonly kind: 'other' }

interface FrozenTextDeps {
  readonly crypto: Digester
  /** By the draft's own lane; undefined when this device has none. */
  readonly own: OwnDocument | undefined
  readonly download: () => Promise<Uint8Array>
}

export async function readFrozenText(deps: FrozenTextDeps, version: Pick<FrozenVersion, 'textDigest'>): Promise<FrozenText> {
  const { own } = deps
  const found = own === undefined ? fromServer(await deps.download()) : fromDevice(own.blocks)
  if (!found) return { kind: 'other' }
  const digest = await textDigest(deps.crypto, found.text)
  return hex(digest) === version.textDigest ? { kind: 'same', ...found, digest, from: own?.held ? 'device' : 'server' } : { kind: 'other' }
}

interface Found {
  readonly text: string
  readonly blocks: readonly Block[]
}

function fromDevice(document: readonly DocumentBlock[]): Found | undefined {
  const canonical = canonicalText(document)
  return canonical.ok ? canonical : undefined
}

function fromServer(bytes: Uint8Array): Found | undefined {
  try {
    const text = fromUtf8(bytes)
    const blocks = parseBlocks(text)
    return blocks && { text, blocks }
  } catch {
    return undefined // not UTF-8: not our text
  }
}
