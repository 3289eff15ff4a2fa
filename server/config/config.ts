// Turns a read environment into the configuration, or into the list of all its faults at once. Pure: opens nothing, reads no file.
import { fromBase64url, fromHex } from '#shared/kernel/bytes.ts'
import { type CallsConfig, readCalls } from './calls-config.ts'
import type { Checked, Env } from './env.ts'

export type MasterKeySource =
  /** Made at the first run and kept in the data folder. */
  | { readonly kind: 'own' }
  | { readonly kind: 'given'; readonly key: Uint8Array }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly command: string }

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  readonly host: string
  readonly port: number
  /** The origin people type, without a slash at its end; undefined: `http://localhost:<port>`, known once the server listens. */
  readonly publicUrl: string | undefined
  readonly dataFolder: string
  readonly storage: { readonly kind: 'sqlite' } | { readonly kind: 'mongo'; readonly uri: string; readonly keysUri: string }
  readonly masterKey: MasterKeySource
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined
  /** As express's `trust proxy`: no proxy, how many, or their addresses. */
  readonly trustProxy: false | number | readonly string[]
  readonly logLevel: LogLevel
  /** Undefined: standard output. */
  readonly logFile: string | undefined
  /** How many times the usual measure one person may write in one case. */
  readonly quotaTimes: number
  /** Name, address and telephone of the body that protects children here, as people write it on an envelope; for mediators. */
  readonly childProtection: string | undefined
  /** Of one file, and of what one person may send in one case. */
  readonly files: { readonly fileBytes: number; readonly personBytes: number }
  /** A clamd that looks at each file; undefined: none does. */
  readonly scanner: { readonly host: string; readonly port: number } | undefined
  readonly calls: CallsConfig
  readonly demo: boolean
}

export const MASTER_KEY_BYTES = 32

/** 32 bytes in hexadecimal or base64(url), or undefined. */
export function parseMasterKey(text: string): Uint8Array | undefined {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return fromHex(trimmed)
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return fromBase64url(trimmed.replace(/=$/, ''))
  return undefined
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

export function envToConfig(env: Env): Checked<Config> {
  const faults: string[] = []
  const host = env.HOST ?? '127.0.0.1'
  const port = readPort(env.PORT, faults)
  const publicUrl = readPublicUrl(env.PUBLIC_URL, faults)
  if (!isLoopbackHost(host) && env.PUBLIC_URL === undefined) {
    faults.push(`HOST=${host} can be reached from other machines: set PUBLIC_URL=https://… to the address people will type`)
  }
  const demo = readFlag('DEMO', env.DEMO, faults)
  const alone = isLoopbackHost(host) && (publicUrl === undefined || isLoopbackHost(new URL(publicUrl).hostname))
  if (demo && !alone) {
    faults.push('DEMO shows working links to everybody: use it with HOST=127.0.0.1 and without a public PUBLIC_URL, or remove DEMO')
  }
  const config: Config = {
    host,
    port,
    publicUrl,
    dataFolder: env.DATA_FOLDER ?? './data',
    storage: readStorage(env, faults),
    masterKey: readMasterKeySource(env, faults),
    mail: readMail(env, faults),
    trustProxy: readTrustProxy(env.TRUST_PROXY, faults),
    logLevel: readLogLevel(env.LOG_LEVEL, faults),
    logFile: env.LOG_FILE,
    quotaTimes: readQuotaTimes(env.QUOTA_TIMES, faults),
    childProtection: readChildProtection(env.CHILD_PROTECTION_BODY, faults),
    files: readFileLimits(env, faults),
    scanner: readScanner(env.CLAMD, faults),
    calls: readCalls(env, { alone }, faults),
    demo,
  }
  return faults.length === 0 ? { ok: true, value: config } : { ok: false, faults }
}

function readPort(text: string | undefined, faults: string[]): number {
  if (text === undefined) return 8080
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port
  faults.push('PORT must be a number from 0 to 65535 (0: any free port), for example PORT=8080')
  return 0
}

function readQuotaTimes(text: string | undefined, faults: string[]): number {
  if (text === undefined) return 1
  const times = Number(text)
  if (/^\d{1,4}$/.test(text) && times >= 1 && times <= 1_000) return times
  faults.push('QUOTA_TIMES must be a number from 1 to 1000: how many times the usual measure one person may write in a case')
  return 1
}

function readChildProtection(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined || text.length <= 400) return text
  faults.push('CHILD_PROTECTION_BODY is longer than 400 letters: give name, address and telephone alone')
  return undefined
}

const MEGABYTE = 1024 * 1024

function readFileLimits(env: Env, faults: string[]): Config['files'] {
  const fileBytes = readMegabytes('FILE_MEGABYTES', env.FILE_MEGABYTES ?? '50', 'the largest file that is taken', faults)
  const meaning = 'what one person may send in one case'
  const personBytes = readMegabytes('PERSON_FILES_MEGABYTES', env.PERSON_FILES_MEGABYTES ?? '500', meaning, faults)
  if (fileBytes === undefined || personBytes === undefined) return { fileBytes: 0, personBytes: 0 }
  if (personBytes < fileBytes)
    faults.push('PERSON_FILES_MEGABYTES must not be less than FILE_MEGABYTES: nobody could send the largest file')
  return { fileBytes, personBytes }
}

function readMegabytes(name: string, text: string, meaning: string, faults: string[]): number | undefined {
  const megabytes = Number(text)
  if (/^\d{1,6}$/.test(text) && megabytes >= 1 && megabytes <= 100_000) return megabytes * MEGABYTE
  faults.push(`${name} must be a number from 1 to 100000, in megabytes: ${meaning}`)
  return undefined
}

function readScanner(text: string | undefined, faults: string[]): Config['scanner'] {
  if (text === undefined) return undefined
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/i.exec(text) ?? []
  if (host !== undefined && Number(port) >= 1 && Number(port) <= 65_535) return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
  faults.push('CLAMD must be where a clamd listens, for example CLAMD=127.0.0.1:3310')
  return undefined
}

function readPublicUrl(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    faults.push('PUBLIC_URL must be an address like https://mediation.example.kz')
    return undefined
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    faults.push(`PUBLIC_URL must end after the host: PUBLIC_URL=${url.origin}`)
    return undefined
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    faults.push(
      `PUBLIC_URL=${url.origin}: browsers give no cryptography to plain http; set up TLS (see README) and use https://${url.host}`,
    )
    return undefined
  }
  return url.origin
}

/** Whether several servers may work on it. */
export function isShared({ kind }: Config['storage']): boolean {
  return kind === 'mongo'
}

function readStorage(env: Env, faults: string[]): Config['storage'] {
  if (env.MONGODB_URI === undefined) {
    if (env.MONGODB_KEYS_URI !== undefined)
      faults.push('MONGODB_KEYS_URI is set without MONGODB_URI: set both, or neither for the embedded storage')
    return { kind: 'sqlite' }
  }
  const keysUri = env.MONGODB_KEYS_URI ?? ''
  for (const [name, uri] of [
    ['MONGODB_URI', env.MONGODB_URI],
    ['MONGODB_KEYS_URI', keysUri],
  ] as const) {
    if (uri !== '' && !/^mongodb(?:\+srv)?:\/\/[^/]+\/[^/?]+/.test(uri))
      faults.push(`${name} must be like mongodb://host:27017/name, with the database's name`)
  }
  if (keysUri === '')
    faults.push('MONGODB_KEYS_URI is missing: audience keys live in a database of their own, apart from the data and its backups')
  else if (sameDatabase(keysUri, env.MONGODB_URI))
    faults.push('MONGODB_KEYS_URI names the same database as MONGODB_URI: give the keys a database of their own')
  if (env.BITIM_MASTER_KEY === undefined && env.BITIM_MASTER_KEY_FILE === undefined && env.BITIM_MASTER_KEY_COMMAND === undefined) {
    faults.push(
      'With MONGODB_URI the master key must be given: set BITIM_MASTER_KEY_FILE (or BITIM_MASTER_KEY, BITIM_MASTER_KEY_COMMAND); make one by `openssl rand -hex 32`',
    )
  }
  return { kind: 'mongo', uri: env.MONGODB_URI, keysUri }
}

function sameDatabase(a: string, b: string): boolean {
  const place = (uri: string) => /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/]+)\/([^/?]*)/.exec(uri)?.slice(1).join('/')
  return place(a) === place(b)
}

function readMasterKeySource(env: Env, faults: string[]): MasterKeySource {
  const given = (['BITIM_MASTER_KEY', 'BITIM_MASTER_KEY_FILE', 'BITIM_MASTER_KEY_COMMAND'] as const).filter(
    (name) => env[name] !== undefined,
  )
  if (given.length > 1) faults.push(`${given.join(' and ')} are set together: keep one of them`)
  if (env.BITIM_MASTER_KEY !== undefined) {
    const key = parseMasterKey(env.BITIM_MASTER_KEY)
    if (!key) faults.push('BITIM_MASTER_KEY must be 32 bytes in hexadecimal (64 digits) or base64; make one by `openssl rand -hex 32`')
    return { kind: 'given', key: key ?? new Uint8Array() }
  }
  if (env.BITIM_MASTER_KEY_FILE !== undefined) return { kind: 'file', path: env.BITIM_MASTER_KEY_FILE }
  if (env.BITIM_MASTER_KEY_COMMAND !== undefined) return { kind: 'command', command: env.BITIM_MASTER_KEY_COMMAND }
  return { kind: 'own' }
}

function readMail(env: Env, faults: string[]): Config['mail'] {
  if (env.SMTP_URL === undefined && env.MAIL_FROM === undefined) return undefined
  if (env.SMTP_URL === undefined)
    faults.push('MAIL_FROM is set without SMTP_URL: set SMTP_URL=smtps://user:password@mail.example.kz:465, or remove MAIL_FROM')
  else if (!/^smtps?:\/\/\S+$/.test(env.SMTP_URL) || !URL.canParse(env.SMTP_URL))
    faults.push('SMTP_URL must be like smtps://user:password@mail.example.kz:465')
  if (env.MAIL_FROM === undefined) faults.push('SMTP_URL is set without MAIL_FROM: set MAIL_FROM="Bitim <no-reply@mediation.example.kz>"')
  else if (!/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(env.MAIL_FROM))
    faults.push('MAIL_FROM must be an address, for example MAIL_FROM="Bitim <no-reply@mediation.example.kz>"')
  return { smtpUrl: env.SMTP_URL ?? '', from: env.MAIL_FROM ?? '' }
}

const PROXY = /^(?:loopback|linklocal|uniquelocal|[0-9a-f:.]+(?:\/\d{1,3})?)$/i

function readTrustProxy(text: string | undefined, faults: string[]): Config['trustProxy'] {
  if (text === undefined || text === 'false' || text === '0') return false
  if (/^[1-9]$/.test(text)) return Number(text)
  const list = text.split(',').map((part) => part.trim())
  if (list.every((part) => PROXY.test(part) && /[a-z:.]/i.test(part))) return list
  // "true" would believe an address that anybody can write into a header, and every limit with it.
  faults.push('TRUST_PROXY must be how many proxies stand in front (1…9), or their addresses: TRUST_PROXY=127.0.0.1,10.0.0.0/8')
  return false
}

function readLogLevel(text: string | undefined, faults: string[]): LogLevel {
  const level = LOG_LEVELS.find((one) => one === (text ?? 'info'))
  if (!level) faults.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)
  return level ?? 'info'
}

function readFlag(name: string, text: string | undefined, faults: string[]): boolean {
  if (text === undefined || text === '0' || text === 'false') return false
  if (text === '1' || text === 'true') return true
  faults.push(`${name} must be 1 or 0`)
  return false
}
