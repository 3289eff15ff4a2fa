import type { Translate } from '#client/i18n/text-ids.ts'
import { FILE_TYPES } from '#shared/files/file-types.ts'
import type { FileFacts } from '#shared/files/files-protocol.ts'

/** What kind of thing it is, in a word. */
export function typeWords({ type }: Pick<FileFacts, 'type'>, t: Translate): string {
  if (type === 'pdf') return t('files.type.pdf')
  const { kind } = FILE_TYPES[type]
  return kind === 'picture' ? t('files.type.picture') : kind === 'sound' ? t('files.type.sound') : t('files.type.document')
}

/** The digest in fours: two people can read it to each other. */
export function inFours(sha256: string): string {
  return sha256.replace(/(.{4})(?=.)/g, '$1 ')
}
