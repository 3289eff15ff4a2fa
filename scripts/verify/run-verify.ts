// The verifier on the command line: reads files, asks the same verifyBundle as the public page, prints what it answers.
import { webcrypto } from 'node:crypto'
import { verifyFile } from '#shared/joint-record/verify-file.ts'
import { fromUtf8 } from '#shared/kernel/bytes.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { visibleText } from '#shared/kernel/text/visible-text.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import { fromPem } from '#shared/signing/bundle/pem.ts'
import type { BundleReport, Overall, TrustedRoot } from '#shared/signing/bundle/report.ts'
import { hexOf } from '#shared/signing/named-digest.ts'
import type { Source } from './read-source.ts'
import {
  accessWords,
  adviceWords,
  confirmationWords,
  faultWords,
  RECORD_WORDS,
  soundWords,
  VERIFY_WORDS,
  type VerifyWords,
} from './words.ts'

const EXIT: Readonly<Record<Overall | 'usage', number>> = {
  valid: 0,
  broken: 1,
  usage: 2,
  'consistent-authority-unknown': 3,
  unsupported: 4,
  'not-whole': 5,
  'no-bundle': 6,
  'other-authority': 7,
}

/** As README.txt of earlier bundles has it. */
const OLD_CODE_OPTION = '--fingerprint'
const OPTIONS_WITH_VALUE: ReadonlySet<string> = new Set(['--root', '--code', OLD_CODE_OPTION, '--lang'])

interface Options {
  readonly bundle: string
  readonly root?: string
  readonly code?: string
  readonly text: boolean
  readonly json: boolean
}

interface Deps {
  readonly args: readonly string[]
  readonly environmentLanguage: string
  /** Throws for what cannot be read. */
  readonly readSource: (path: string) => Promise<Source>
  readonly print: (line: string) => void
}

/** The process's exit code. */
export async function runVerify({ args, environmentLanguage, readSource, print }: Deps): Promise<number> {
  const language = languageOf(args, environmentLanguage)
  const words = VERIFY_WORDS[language]
  const options = parseOptions(args)
  if (!options) {
    print(words.usage)
    return EXIT.usage
  }
  const read = (path: string) => readSource(path).catch(() => undefined) // told below as what it is to the reader: a file that cannot be read
  const source = await read(options.bundle)
  const rootSource = options.root === undefined ? undefined : await read(options.root)
  const rootFile = rootSource?.kind === 'file' ? rootSource.bytes : undefined
  if (!source || (options.root !== undefined && !rootFile)) {
    print(`${words.unreadable}: ${visibleText((source ? options.root : options.bundle) ?? '')}`)
    return EXIT.usage
  }
  const certificateDer = rootFile && certificateIn(rootFile)
  if (rootFile && !certificateDer) {
    print(`${words.badRoot}: ${visibleText(options.root ?? '')}`)
    return EXIT.usage
  }
  const root: TrustedRoot | undefined = certificateDer
    ? { certificateDer }
    : options.code === undefined
      ? undefined
      : { fingerprint: options.code }
  const { subtle } = webcrypto
  const report = await verifyFile(subtle, source, root)
  const lines = options.json ? JSON.stringify(report, null, 2).split('\n') : reportLines(report, words, language)
  if (options.text && report.text !== undefined && !options.json) lines.push('', ...report.text.split('\n'))
  for (const line of lines) print(line)
  return EXIT[report.overall]
}

function reportLines(report: BundleReport, words: VerifyWords, language: Locale): string[] {
  const { overall, authority } = report
  const lines = [words.overall[overall], '']
  if (overall === 'not-whole') lines.push(soundWords(language, report.completion !== undefined || report.jointRecord !== undefined))
  const faults = new Set(report.parts.flatMap(({ fault }) => fault ?? []))
  if (overall === 'not-whole' || overall === 'no-bundle') {
    lines.push(...[...faults].flatMap((fault) => adviceWords(language, fault) ?? []), '')
  }
  if (overall !== 'broken') lines.push(...agreementLines(report, words, language), ...recordLines(report, language))
  if (authority) {
    lines.push(`${words.authority}: ${authority.name}`, `  ${authority.digits}`, `  SHA-256 ${authority.sha256}`)
    if (authority.trust === 'unknown') lines.push(`  ${words.compare}`)
    lines.push('')
  }
  lines.push(`${words.parts}:`)
  for (const { part, state, fault, seq } of report.parts) {
    const why = fault ? `: ${faultWords(language, fault)}${seq === undefined ? '' : ` (${words.event} ${seq})`}` : ''
    lines.push(`  ${words.states[state].padEnd(14)} ${part}${why}`)
  }
  return lines
}

/** What a joint record says of itself. */
function recordLines({ jointRecord }: BundleReport, language: Locale): string[] {
  if (!jointRecord) return []
  const { title, exportedAt, closedAt, entries, people } = jointRecord
  const words = RECORD_WORDS[language]
  const time = (moment: number) => `${localTime(moment).replace('T', ' ').replace('+05:00', '')} (${VERIFY_WORDS[language].zone})`
  return [
    `${words.title}: ${title}`,
    `${words.exported}: ${time(exportedAt)}`,
    `${words.closed}: ${closedAt === undefined ? words.open : time(closedAt)}`,
    `${words.entries}: ${entries}`,
    `${words.people}:`,
    ...people.map(({ name, side }) => `  ${[name, ...(side ? [side] : [])].join(', ')}`),
    words.statement,
    '',
  ]
}

/** What the sealed records say. */
function agreementLines({ completion, authority, notCovered }: BundleReport, words: VerifyWords, language: Locale): string[] {
  const lines = (notCovered ?? []).flatMap((what) => [words.notCovered[what], ''])
  if (!completion) return lines
  const time = (moment: string) => `${moment.replace('T', ' ').replace('+05:00', '')} (${words.zone})`
  lines.push(
    `${words.code}: ${completion.textCode}`,
    `${words.textDigest}: ${hexOf(completion.textDigest)}`,
    `${words.frozen}: ${time(completion.frozenAt)}`,
    `${words.released}: ${time(completion.releasedAt)}`,
    `${words.signedBy}${authority?.trust === 'given' ? '' : ` (${words.claimed})`}:`,
  )
  for (const [i, signer] of completion.signers.entries()) {
    const who = [signer.name, words.roles[signer.role], ...(signer.side ? [signer.side] : [])].join(', ')
    lines.push(`  ${i + 1}. ${who}`, `     ${time(signer.signedAt)}; ${words.certificate} ${signer.certificateSerial}`)
  }
  for (const { was, is, correctedAt } of completion.corrections ?? [])
    lines.push(`${words.corrected}: ${was} > ${is}, ${time(correctedAt)}`)
  for (const line of completion.access ?? []) lines.push(`${time(line.at)} ${line.name}: ${accessWords(language, line)}`)
  if (completion.confirmed) lines.push(`${confirmationWords(language)}:`)
  for (const line of completion.confirmed ?? []) lines.push(`  ${time(line.at)} ${line.by}: ${confirmationWords(language, line)}`)
  return [...lines, words.statement, '']
}

function parseOptions(args: readonly string[]): Options | undefined {
  const files: string[] = []
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (OPTIONS_WITH_VALUE.has(arg)) {
      const value = args[++i]
      if (value === undefined) return undefined
      values.set(arg === OLD_CODE_OPTION ? '--code' : arg, value)
    } else if (arg === '--text' || arg === '--json') flags.add(arg)
    else if (arg.startsWith('--')) return undefined
    else files.push(arg)
  }
  const [bundle, ...more] = files
  const [root, code, lang] = [values.get('--root'), values.get('--code'), values.get('--lang')]
  if (!bundle || more.length > 0 || (root !== undefined && code !== undefined)) return undefined
  if (lang !== undefined && !isLocale(lang)) return undefined
  return {
    bundle,
    ...(root === undefined ? {} : { root }),
    ...(code === undefined ? {} : { code }),
    text: flags.has('--text'),
    json: flags.has('--json'),
  }
}

function languageOf(args: readonly string[], environment: string): Locale {
  const asked = args[args.indexOf('--lang') + 1] ?? ''
  if (args.includes('--lang') && isLocale(asked)) return asked
  const own = environment.slice(0, 2)
  return isLocale(own) ? own : 'en'
}

function isLocale(text: string): text is Locale {
  return LOCALES.some((locale) => locale === text)
}

/** PEM, or DER as it is. */
function certificateIn(file: Uint8Array): Uint8Array | undefined {
  if (file[0] === 0x30) return new Uint8Array(file)
  try {
    return fromPem('CERTIFICATE', fromUtf8(file))
  } catch {
    return undefined // neither DER nor text
  }
}
