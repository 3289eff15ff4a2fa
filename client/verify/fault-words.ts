import type { Translate } from '#client/i18n/text-ids.ts'
import type { PartFault } from '#shared/signing/bundle/report.ts'

type Plain = Exclude<PartFault, `chain:${string}` | `signature:${string}` | `certificate:${string}`>

const WORDS = {
  'not-a-zip': 'verify.fault.not-a-zip',
  'too-large': 'verify.fault.too-large',
  'archive-changed': 'verify.fault.archive-changed',
  repacked: 'verify.fault.repacked',
  folder: 'verify.fault.folder',
  'cut-off': 'verify.fault.cut-off',
  'packed-otherwise': 'verify.fault.packed-otherwise',
  'bundle-inside': 'verify.fault.bundle-inside',
  'several-bundles': 'verify.fault.several-bundles',
  'pdf-alone': 'verify.fault.pdf-alone',
  'text-alone': 'verify.fault.text-alone',
  'part-alone': 'verify.fault.part-alone',
  'web-page': 'verify.fault.web-page',
  'other-archive': 'verify.fault.other-archive',
  twice: 'verify.fault.twice',
  unexpected: 'verify.fault.unexpected',
  missing: 'verify.fault.missing',
  changed: 'verify.fault.changed',
  'not-canonical': 'verify.fault.not-canonical',
  'other-code': 'verify.fault.other-code',
  seal: 'verify.fault.seal',
  'other-name': 'verify.fault.other-name',
  'newer-format': 'verify.fault.newer-format',
  'unknown-scheme': 'verify.fault.unknown-scheme',
} as const satisfies Record<Plain, string>

/** A fault in plain words; the precise name behind it stands in brackets for those who help. */
export function faultWords(fault: PartFault, t: Translate): string {
  if (fault.startsWith('chain:')) return t('verify.fault.chain')
  if (fault.startsWith('signature:')) return t('verify.fault.signature')
  if (fault.startsWith('certificate:')) return t('verify.fault.certificate')
  return t(WORDS[fault as Plain]) // the three families were answered above
}
