// What somebody brings who has no bundle in hand: one part of it, the bundle in another wrapping, a saved page, or something else.

import { TEXT_HEADER } from '#shared/document/text/blocks.ts'
import { latin } from '#shared/kernel/bytes.ts'
import type { NotWhole, PartFault } from './report.ts'
import type { ZipFile } from './stored-zip.ts'

/** A part alone proves nothing and is no forgery either: whoever brings it is told which file to take. */
export function partAlone(bytes: Uint8Array): NotWhole | 'web-page' | undefined {
  const head = latin(bytes.subarray(0, 400))
  if (head.startsWith('%PDF-')) return 'pdf-alone'
  if (head.startsWith(`${TEXT_HEADER}\n`)) return 'text-alone'
  if (/^\s*\{\s*"format": "bitim-/.test(head) || head.startsWith('-----BEGIN CERTIFICATE-----') || isSignature(bytes)) return 'part-alone'
  return /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!doctype html|<html)/i.test(head) ? 'web-page' : undefined
}

/** Of an archive, or several files, that hold no chain and nothing beside it that is ours. */
export function otherArchive(files: readonly ZipFile[]): PartFault {
  const archives = files.filter(({ bytes }) => ZIP.every((byte, i) => bytes[i] === byte))
  if (archives.length > 0) return archives.length === 1 ? 'bundle-inside' : 'several-bundles'
  const [first, ...more] = files.map(({ bytes }) => partAlone(bytes))
  return first && more.every((each) => each === first) ? first : 'other-archive'
}

const ZIP = [0x50, 0x4b, 3, 4]

/** A detached CMS begins with its own kind, whatever its length says. */
function isSignature(bytes: Uint8Array): boolean {
  const KIND = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]
  return bytes[0] === 0x30 && [2, 3, 4, 5].some((at) => KIND.every((byte, i) => bytes[at + i] === byte))
}
