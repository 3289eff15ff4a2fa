// What may be sent into a conversation: a short list, each because people bring it as evidence. What runs, what a browser would show as a
// page (HTML, SVG), archives and whatever is not named here is refused. The ending of a name says what a file claims to be.
import { FILE_TYPE_NAMES, type FileFacts, type FileTypeName } from './files-protocol.ts'

interface FileType {
  readonly mediaType: string
  /** The first is the usual one. */
  readonly endings: readonly string[]
  readonly kind: 'picture' | 'document' | 'sound'
}

export const FILE_TYPES: Readonly<Record<FileTypeName, FileType>> = {
  jpeg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'], kind: 'picture' }, // photos
  png: { mediaType: 'image/png', endings: ['png'], kind: 'picture' }, // pictures of a screen
  webp: { mediaType: 'image/webp', endings: ['webp'], kind: 'picture' }, // what messengers keep
  heic: { mediaType: 'image/heic', endings: ['heic', 'heif'], kind: 'picture' }, // an iPhone's originals; no preview
  gif: { mediaType: 'image/gif', endings: ['gif'], kind: 'picture' }, // shown still
  pdf: { mediaType: 'application/pdf', endings: ['pdf'], kind: 'document' }, // contracts, invoices, scans
  docx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    endings: ['docx'],
    kind: 'document',
  },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'], kind: 'document' },
  odt: { mediaType: 'application/vnd.oasis.opendocument.text', endings: ['odt'], kind: 'document' },
  text: { mediaType: 'text/plain', endings: ['txt'], kind: 'document' }, // a chat that was saved; UTF-8
  m4a: { mediaType: 'audio/mp4', endings: ['m4a'], kind: 'sound' }, // what a telephone records
  mp3: { mediaType: 'audio/mpeg', endings: ['mp3'], kind: 'sound' },
  ogg: { mediaType: 'audio/ogg', endings: ['ogg', 'opus', 'oga'], kind: 'sound' }, // voice messages of messengers
}

/** What a name claims; undefined for what is not taken. */
export function typeByName(name: string): FileTypeName | undefined {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return FILE_TYPE_NAMES.find((type) => FILE_TYPES[type].endings.includes(ending))
}

/** Kinds of pictures that a device can clean: drawn anew, without place, camera and time. */
const CLEANABLE: ReadonlySet<FileTypeName> = new Set(['jpeg', 'png', 'webp'])

export function isCleanable(type: FileTypeName): boolean {
  return CLEANABLE.has(type)
}

/** A picture or a sound that goes as the device wrote it: with place, time and camera, if they were written. */
export function tellsOfDevice({ type, evidence }: Pick<FileFacts, 'type' | 'evidence'>): boolean {
  return evidence === 'original' && FILE_TYPES[type].kind !== 'document'
}
