// How sound is sent: one voice, 20 kbit/s, and nothing while nobody speaks. Each device decides it for what it sends itself: the lines stand
// in what the other end asks for, and are set there before the browser reads them.

/** Bits per second. Opus gives a clear voice from 16,000 on. */
export const SOUND_BITS = 20_000

const SETTINGS: Readonly<Record<string, string>> = {
  minptime: '10',
  useinbandfec: '1',
  usedtx: '1',
  stereo: '0',
  'sprop-stereo': '0',
  maxaveragebitrate: String(SOUND_BITS),
}

/** A description from the other end, with our measure for what we send into it. Whatever is not Opus stays as it came. */
export function withThriftySound(sdp: string): string {
  const newline = sdp.includes('\r\n') ? '\r\n' : '\n'
  const lines = sdp.split(newline)
  const opus = new Set(lines.flatMap((line) => /^a=rtpmap:(\d+) opus\//i.exec(line)?.[1] ?? []))
  const told = new Set<string>()
  const set = lines.map((line) => {
    const format = /^a=fmtp:(\d+) (.*)$/.exec(line)
    if (!format?.[1] || !opus.has(format[1])) return line
    told.add(format[1])
    return `a=fmtp:${format[1]} ${settingsOver(format[2] ?? '')}`
  })
  return set
    .flatMap((line) => {
      const type = /^a=rtpmap:(\d+) opus\//i.exec(line)?.[1]
      return type !== undefined && !told.has(type) ? [line, `a=fmtp:${type} ${settingsOver('')}`] : [line]
    })
    .join(newline)
}

function settingsOver(before: string): string {
  const known = before
    .split(';')
    .map((part) => part.trim().split('='))
    .filter(([name]) => name && SETTINGS[name] === undefined)
    .map((pair) => pair.join('='))
  return [...known, ...Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}`)].join(';')
}
