// The verdict in words: its title, and what it means for this file.
import type { Translate } from '#client/i18n/text-ids.ts'
import { RECORD_PART } from '#shared/joint-record/record-file.ts'
import { accessKind, type CompletionAccess, type CompletionConfirmation, confirmationKind } from '#shared/signing/bundle/completion.ts'
import type { BundleReport, NotWhole, PartFault } from '#shared/signing/bundle/report.ts'
import { faultWords } from './fault-words.ts'

const TITLES = {
  valid: 'verify.valid',
  'consistent-authority-unknown': 'verify.amber',
  'other-authority': 'verify.other-authority',
  'not-whole': 'verify.not-whole',
  'no-bundle': 'verify.no-bundle',
  unsupported: 'verify.unsupported',
  broken: 'verify.broken',
} as const

const ADVICE = {
  repacked: 'verify.do.repacked',
  folder: 'verify.do.folder',
  'cut-off': 'verify.do.cut-off',
  'archive-changed': 'verify.do.archive-changed',
  'packed-otherwise': 'verify.do.packed-otherwise',
  'bundle-inside': 'verify.do.bundle-inside',
  'several-bundles': 'verify.do.several-bundles',
  'pdf-alone': 'verify.do.pdf-alone',
  'text-alone': 'verify.do.text-alone',
  'part-alone': 'verify.do.part-alone',
  missing: 'verify.do.missing',
  unexpected: 'verify.do.unexpected',
  'not-a-zip': 'verify.do.not-a-zip',
  'too-large': 'verify.do.too-large',
  'web-page': 'verify.do.web-page',
  'other-archive': 'verify.do.other-archive',
} as const satisfies Record<NotWhole | 'not-a-zip' | 'too-large' | 'web-page' | 'other-archive', string>

const RECORD_TITLES = { valid: 'verify.record.valid', 'consistent-authority-unknown': 'verify.record.amber' } as const

export function reportTitle(report: BundleReport, t: Translate): string {
  const { overall } = report
  return t(isOfRecord(report) && overall in RECORD_TITLES ? RECORD_TITLES[overall as keyof typeof RECORD_TITLES] : TITLES[overall]) // it is one of them
}

/** A joint record, or what is left of one. */
function isOfRecord({ jointRecord, parts }: BundleReport): boolean {
  return jointRecord !== undefined || parts.some(({ part }) => part === RECORD_PART.record)
}

export function reportNote(report: BundleReport, t: Translate): string {
  const { overall, completion, jointRecord, parts } = report
  switch (overall) {
    case 'valid':
      if (jointRecord) return t('verify.record.valid.note')
      return t('verify.valid.note', { count: completion?.signers.length ?? 0 })
    case 'consistent-authority-unknown':
      return t(jointRecord ? 'verify.record.amber.note' : 'verify.amber.note')
    case 'other-authority':
      return t('verify.other-authority.note')
    case 'not-whole':
      return t(completion || jointRecord ? 'verify.not-whole.checked' : 'verify.not-whole.unchecked')
    case 'no-bundle':
      return ''
    case 'unsupported': {
      const fault = parts.find((part) => part.fault)?.fault ?? 'newer-format'
      return t('verify.unsupported.note', { why: faultWords(fault, t) })
    }
    case 'broken': {
      const broken = parts.filter(({ state }) => state === 'broken')
      return t(isOfRecord(report) ? 'verify.record.broken.note' : 'verify.broken.note', {
        parts: broken.map(({ part }) => partName(part, t)).join(', '),
      })
    }
  }
}

/** What to do about a file that is not whole, or is another file: once for each reason. */
export function adviceWords({ overall, parts }: BundleReport, t: Translate): readonly string[] {
  if (overall !== 'not-whole' && overall !== 'no-bundle') return []
  const faults = new Set(parts.flatMap(({ fault }) => (fault !== undefined && isAdvised(fault) ? [fault] : [])))
  return [...faults].map((fault) => t(ADVICE[fault]))
}

function isAdvised(fault: PartFault): fault is keyof typeof ADVICE {
  return fault in ADVICE
}

export function partName(part: string, t: Translate): string {
  return part === 'zip' ? t('verify.archive') : part
}

/** How a signer came in. */
export function accessWords(line: CompletionAccess, t: Translate): string {
  const kind = accessKind(line)
  switch (kind) {
    case 'link-made':
    case 'contacts-changed':
    case 'contact-confirmed.mail':
    case 'contact-confirmed.sms':
    case 'contact-removed':
      return t(`verify.access.${kind}`)
    default:
      return t(`verify.access.${kind}`, { device: line.device ?? '' })
  }
}

/** What the mediator looked at and left as it stands. */
export function confirmationWords(line: CompletionConfirmation, t: Translate): string {
  const kind = confirmationKind(line)
  switch (kind) {
    case 'missing-heading.performance':
    case 'missing-heading.consequences':
      return t(`verify.confirmed.${kind}`)
    default:
      return t(`verify.confirmed.${kind}`, { found: line.found })
  }
}
