// Bytes and text, the same in browser and server.
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Writes the text's UTF-8 at `at`; answers where it ends. There must be room for three bytes for each UTF-16 unit. */
export function writeUtf8(into: Uint8Array, at: number, text: string): number {
  // Names and numbers are short and plain: a loop is faster there than a call into the encoder.
  if (text.length > 64) return at + encoder.encodeInto(text, into.subarray(at)).written
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) return at + i + encoder.encodeInto(text.slice(i), into.subarray(at + i)).written
    into[at + i] = unit
  }
  return at + text.length
}

/** Throws a TypeError on bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new TypeError('not hexadecimal')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16)
  return bytes
}

// Base64 by tables: `btoa` and `atob` go by way of a text of bytes, and one of them checks it character by character in script.
const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PAD = 0x3d
const NONE = 0xff
const BASE64 = tablesOf(PLAIN)
const BASE64URL = tablesOf(`${PLAIN.slice(0, 62)}-_`)

interface Tables {
  /** ASCII by value. */
  readonly letters: Uint8Array
  /** Value by ASCII, NONE for what is no letter. */
  readonly values: Uint8Array
}

function tablesOf(alphabet: string): Tables {
  const letters = utf8(alphabet)
  const values = new Uint8Array(128).fill(NONE)
  for (const [value, letter] of letters.entries()) values[letter] = value
  return { letters, values }
}

export function base64(bytes: Uint8Array): string {
  return toLetters(BASE64, bytes, true)
}

/** Throws on text that is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return fromLetters(BASE64, text)
}

export function base64url(bytes: Uint8Array): string {
  return toLetters(BASE64URL, bytes, false)
}

/** Throws on text that is not base64url. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return fromLetters(BASE64URL, text)
}

function toLetters({ letters }: Tables, bytes: Uint8Array, padded: boolean): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let to = 0
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    codes[to++] = letters[group >> 18] ?? PAD
    codes[to++] = letters[(group >> 12) & 63] ?? PAD
    codes[to++] = letters[(group >> 6) & 63] ?? PAD
    codes[to++] = letters[group & 63] ?? PAD
  }
  const missing = (3 - (bytes.length % 3)) % 3
  if (padded) codes.fill(PAD, to - missing)
  else to -= missing
  let text = ''
  for (let at = 0; at < to; at += 0x2000)
    text += String.fromCharCode.apply(null, codes.subarray(at, Math.min(to, at + 0x2000)) as unknown as number[]) // an array-like is all it reads
  return text
}

function fromLetters({ values }: Tables, text: string): Uint8Array<ArrayBuffer> {
  let end = text.length
  if (end % 4 === 0 && text.charCodeAt(end - 1) === PAD) end -= text.charCodeAt(end - 2) === PAD ? 2 : 1
  if (end % 4 === 1) throw new TypeError('not base64')
  const bytes = new Uint8Array(Math.floor((end * 3) / 4))
  let group = 0
  let bits = 0
  let to = 0
  for (let at = 0; at < end; at++) {
    const value = values[text.charCodeAt(at)] ?? NONE
    if (value === NONE) throw new TypeError('not base64')
    group = ((group << 6) | value) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[to++] = group >> bits
  }
  return bytes
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Bytes as characters one by one, for text that must be ASCII anyway. */
export function latin(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return parts.join('')
}
