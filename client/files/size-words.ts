import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'

const MB = 1_000_000

export function sizeWords(bytes: number, t: Translate, f: Formats): string {
  return bytes < MB
    ? t('files.size.kb', { size: f.number(Math.max(1, Math.round(bytes / 1_000))) })
    : t('files.size.mb', { size: f.number(bytes / MB, bytes < 10 * MB ? 1 : 0) })
}
