// The verdict in words: its title, and what it means for this file.
import type { Translate } from '#client/i18n/text-ids.ts'
import type { BundleReport, Overall } from '#shared/signing/bundle/report.ts'
import { faultWords } from './fault-words.ts'

const TITLES = {
  valid: 'verify.valid',
  'consistent-authority-unknown': 'verify.amber',
  unsupported: 'verify.unsupported',
  broken: 'verify.broken',
} as const

export function reportTitle(overall: Overall, t: Translate): string {
  return t(TITLES[overall])
}

export function reportNote({ overall, completion, parts }: BundleReport, t: Translate): string {
  switch (overall) {
    case 'valid':
      return t('verify.valid.note', { count: completion?.signers.length ?? 0 })
    case 'consistent-authority-unknown':
      return t('verify.amber.note')
    case 'unsupported': {
      const fault = parts.find((part) => part.fault)?.fault ?? 'newer-format'
      return t('verify.unsupported.note', { why: faultWords(fault, t) })
    }
    case 'broken': {
      const broken = parts.filter(({ state }) => state === 'broken')
      return t('verify.broken.note', { parts: broken.map(({ part }) => partName(part, t)).join(', ') })
    }
  }
}

export function partName(part: string, t: Translate): string {
  return part === 'zip' ? t('verify.archive') : part
}
