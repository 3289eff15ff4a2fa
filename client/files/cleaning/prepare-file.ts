// What a file becomes before it leaves this device. A picture loses place, time and camera unless its person keeps the original as evidence;
// any other file goes as it is. What cannot be cleaned is not sent as if it had been.
import { FILE_TYPES, typeByName } from '#shared/files/file-types.ts'
import { type CleanableKind, cleanPicture } from './clean-picture.ts'
import type { DrawPicture } from './draw-picture.ts'
import { type PictureKind, pictureKind } from './picture-kind.ts'
import { MAX_POINTS, type PictureSize, smallSize } from './picture-size.ts'

/** `small`: light on a weak line; `full`: as large as it is; `original`: every byte as it is, with all that it says of itself. */
export type Keeping = 'small' | 'full' | 'original'

export type Prepared =
  | { readonly kind: 'ready'; readonly content: Blob; readonly isPicture: boolean; readonly isOriginal: boolean }
  /** This browser cannot open it: it can go as an original only. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-large' }

/** Bytes that a picture of the small size is not drawn anew for. */
const LIGHT = 1_500_000
const READABLE = 0.84
const FINE = 0.92
const HEAD = 32

/** What was chosen has a name, which says more than the type where a browser does not know one. */
type Chosen = Blob & { readonly name?: string }

async function kindOf(file: Chosen): Promise<PictureKind | undefined> {
  const type = typeByName(file.name ?? '')
  const isNamedPicture = type !== undefined && FILE_TYPES[type].kind === 'picture'
  return pictureKind(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()), isNamedPicture ? FILE_TYPES[type].mediaType : file.type)
}

export async function prepareFile(file: Chosen, keeping: Keeping, draw: DrawPicture): Promise<Prepared> {
  const kind = await kindOf(file)
  if (!kind) return { kind: 'ready', content: file, isPicture: false, isOriginal: true }
  if (keeping === 'original') return { kind: 'ready', content: file, isPicture: true, isOriginal: true }
  const clean = await cleaned(file, kind)
  if (clean && clean.size.width * clean.size.height > MAX_POINTS) return { kind: 'too-large' }
  if (clean && (keeping === 'full' || (isSmall(clean.size) && clean.content.size <= LIGHT))) return ready(clean.content)
  const drawn = await drawnAnew(file, keeping, draw)
  if (!drawn) return clean ? ready(clean.content) : { kind: 'unreadable' }
  const isSmaller = !clean || drawn.size < clean.content.size
  return ready(isSmaller ? drawn : clean.content)
}

const ready = (content: Blob): Prepared => ({ kind: 'ready', content, isPicture: true, isOriginal: false })

const isSmall = (size: PictureSize) => smallSize(size).width === size.width

async function cleaned(file: Blob, kind: PictureKind): Promise<{ readonly content: Blob; readonly size: PictureSize } | undefined> {
  if (!isCleanable(kind)) return undefined
  const picture = cleanPicture(kind, new Uint8Array(await file.arrayBuffer()))
  return picture && { content: new Blob([picture.bytes], { type: FILE_TYPES[kind].mediaType }), size: picture }
}

const isCleanable = (kind: PictureKind): kind is CleanableKind => kind === 'jpeg' || kind === 'png' || kind === 'webp'

async function drawnAnew(file: Blob, keeping: 'small' | 'full', draw: DrawPicture): Promise<Blob | undefined> {
  const picture = await draw(file)
  if (!picture) return undefined
  try {
    const jpeg = await picture.jpeg(keeping === 'small' ? smallSize(picture) : picture, keeping === 'small' ? READABLE : FINE)
    // browsers write a few notes of their own
    return jpeg && (await cleaned(jpeg, 'jpeg'))?.content
  } finally {
    picture.close()
  }
}
