// A file that was chosen and not yet sent: what it becomes, and what keeps it from going.

import type { Keeping, Prepared } from '#client/files/cleaning/prepare-file.ts'
import { sentName } from '#client/files/cleaning/sent-name.ts'
import type { NewFile } from '#client/files/sending/file-to-send.ts'
import { typeByName } from '#shared/files/file-types.ts'
import type { FileReason } from '#shared/files/files-protocol.ts'

export interface ChosenFile {
  readonly key: string
  readonly file: File
  /** «Photo 2» */
  readonly plainName: string
  /** Its person keeps it as evidence, with all that it says of itself. */
  readonly keepsOriginal: boolean
  /** Undefined while it is being prepared. */
  readonly prepared: Prepared | undefined
}

/** Of the whole sheet: how pictures that are not kept as they are go out. */
export type PictureKeeping = Exclude<Keeping, 'original'>

export function keepingOf({ keepsOriginal }: ChosenFile, pictures: PictureKeeping): Keeping {
  return keepsOriginal ? 'original' : pictures
}

export type ChosenFault = 'unreadable' | 'too-many-points' | Extract<FileReason, 'files/type-not-taken' | 'files/too-large' | 'files/empty'>

/** `largest`: bytes of one file; undefined while that is not known. */
export function faultOf(chosen: ChosenFile, largest: number | undefined): ChosenFault | undefined {
  const { prepared, file } = chosen
  if (file.size === 0) return 'files/empty'
  if (prepared?.kind === 'unreadable') return 'unreadable'
  if (prepared?.kind === 'too-large') return 'too-many-points'
  if (!typeByName(nameOf(chosen))) return 'files/type-not-taken'
  if (prepared && largest !== undefined && prepared.content.size > largest) return 'files/too-large'
  return undefined
}

/** The name that it goes out under. */
export function nameOf({ file, plainName, prepared }: ChosenFile): string {
  const isCleaned = prepared?.kind === 'ready' && prepared.isPicture && !prepared.isOriginal
  return sentName({ name: file.name, cleanedType: isCleaned ? prepared.content.type : undefined, plain: plainName })
}

/** Undefined for what cannot go. */
export function newFileOf(chosen: ChosenFile, text: string | undefined): NewFile | undefined {
  const { prepared } = chosen
  if (prepared?.kind !== 'ready') return undefined
  const { content, isOriginal } = prepared
  return { content, name: nameOf(chosen), evidence: isOriginal ? 'original' : 'cleaned', text }
}
