// Whether bytes are of the type that their name claims, by how they begin; archives of an office by what they list.
import { fileTypeFromBuffer } from 'file-type'
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import type { FileTypeName } from '#shared/files/files-protocol.ts'
import { isOfficeDocument } from './office-document.ts'

/** What the signatures of each are called. Telephones record sound into files that call themselves films. */
const SIGNATURES: Readonly<Record<Exclude<FileTypeName, 'text' | 'docx' | 'xlsx' | 'odt'>, readonly string[]>> = {
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  webp: ['image/webp'],
  heic: ['image/heic', 'image/heif'],
  gif: ['image/gif'],
  pdf: ['application/pdf'],
  m4a: ['audio/x-m4a', 'audio/mp4', 'video/mp4', 'video/3gpp'],
  mp3: ['audio/mpeg'],
  ogg: ['audio/ogg', 'audio/opus', 'audio/ogg; codecs=opus'],
}

export async function isOfType(file: OpenFile, head: Uint8Array, type: Exclude<FileTypeName, 'text'>): Promise<boolean> {
  if (type === 'docx' || type === 'xlsx' || type === 'odt') return isOfficeDocument(file, type)
  // What looks into archives to name them is given none.
  if (head[0] === 0x50 && head[1] === 0x4b) return false
  const found = await fileTypeFromBuffer(head).catch(() => undefined) // ended in the middle of what it began
  return found !== undefined && SIGNATURES[type].includes(found.mime)
}
