// The server's own log: JSON lines by pino. It carries kinds, ids, counts and times, never content, secrets, names, tokens or whole addresses.
import { isIP } from 'node:net'
import pino from 'pino'

export interface Log {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export function createLog({ level, write }: { level: string; write: (line: string) => void }): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // The last net: nothing passes these on purpose.
      redact: {
        paths: ['authorization', 'cookie', 'password', 'secret', 'code', 'token', 'name', 'email', 'phone'].flatMap((key) => [
          key,
          `*.${key}`,
        ]),
        remove: true,
      },
    },
    { write },
  )
}

/**
 * What of an error may stand in a log: its kind and where it was thrown.
 * Messages are left out, those of libraries repeat the input they stumbled over; so does the head of a stack, which ends with
 * the message's last line: a line of somebody's text can look like a place in code.
 */
export function errorForLog(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const stack = error.stack ?? ''
  const head = stack.indexOf(error.message)
  const places = head < 0 ? '' : stack.slice(head + error.message.length)
  const frames = places.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.constructor.name,
    ...('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,60}$/i.test(error.code) ? { errorCode: error.code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: errorForLog(error.cause) }),
  }
}

/** The network an address belongs to: /24 of IPv4, /48 of IPv6. */
export function shortAddress(address: string): string {
  const v4 = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(address)
  if (v4) return `${v4[1]}.0`
  if (!/^[0-9a-f:]+$/i.test(address)) return ''
  return `${leadingGroups(address, 3)}::`
}

/** An address as limits count it: whoever has one address of an IPv6 network has the whole /64. What is no address counts as one. */
export function limitAddress(address: string): string {
  const bare = withoutPort(address)
  if (isIP(bare) === 0) return 'unknown'
  const v4 = /(?:^|:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)
  return v4?.[1] ?? leadingGroups(bare, 4)
}

/** Some proxies forward `1.2.3.4:5555` or `[2001:db8::1]:5555`; counted as no address, everybody would be one network. */
function withoutPort(address: string): string {
  return /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(address)?.[1] ?? /^\[([^\]]+)\](?::\d{1,5})?$/.exec(address)?.[1] ?? address
}

function leadingGroups(address: string, count: number): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after]
    .slice(0, count)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
