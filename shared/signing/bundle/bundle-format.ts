// The number of a bundle's format, as its two files about itself declare it. The rest of a newer one is not ours to judge.
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { BUNDLE_FORMATS, type BundleFormat } from '../sealed-records.ts'

/** This release makes bundles of it. */
export const LATEST_BUNDLE_FORMAT: BundleFormat = 2

type FormatName = 'bitim-chain' | 'bitim-bundle' | 'bitim-completion'

export function formatText(name: FormatName, format: BundleFormat): string {
  return `${name}/${format}`
}

export function knownFormat(name: FormatName, declared: unknown): BundleFormat | undefined {
  return BUNDLE_FORMATS.find((format) => declared === formatText(name, format))
}

/** True for a file that says it is of a later format than this release knows. */
export function isNewer(name: FormatName, bytes: Uint8Array | undefined): boolean {
  const declared = declaredIn(bytes)
  const number = typeof declared === 'string' && new RegExp(`^${name}/([1-9]\\d{0,5})$`).exec(declared)?.[1]
  return number !== undefined && number !== false && Number(number) > LATEST_BUNDLE_FORMAT
}

function declaredIn(bytes: Uint8Array | undefined): unknown {
  try {
    const value: unknown = JSON.parse(fromUtf8(bytes ?? new Uint8Array()))
    return typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
  } catch {
    return undefined // not JSON: declares nothing
  }
}
