// Socket.IO's client brings three ways to carry its frames, of which we use one (decision 003), and a way to carry bytes inside events,
// which nothing of ours holds: what is not used is left out.
import type { Plugin } from 'vite'

const WAYS = './transports/index.js'
/** Handed on by the library's index for who names them; loading them already prepares requests. */
const POLLING = /^\.\/transports\/polling-/
const NO_BYTES = "throw new Error('events with bytes are not spoken here')"
/** By importing package and file: what stands in for it. */
const STAND_INS: readonly (readonly [library: string, file: string, code: string])[] = [
  ['/socket.io-parser/', './is-binary.js', 'export const isBinary = () => false\nexport const hasBinary = () => false'],
  [
    '/socket.io-parser/',
    './binary.js',
    `export function deconstructPacket() { ${NO_BYTES} }\nexport function reconstructPacket() { ${NO_BYTES} }`,
  ],
  // its times are for connecting again, which is ours
  [
    '/socket.io-client/',
    './contrib/backo2.js',
    'const none = () => 0\nexport const Backoff = class { setMin = none\nsetMax = none\nsetJitter = none\nreset = none\nduration = none }',
  ],
  ['/engine.io-parser/', './contrib/base64-arraybuffer.js', `export function decode() { ${NO_BYTES} }`],
]
/** Methods that are never called here: going over to a better way, of which there is none; connecting again, which is ours; listening to what is sent. */
const UNUSED: readonly (readonly [file: string, ...methods: readonly string[]])[] = [
  ['/engine.io-client/build/esm/socket.js', '_probe(name)', 'send(msg, options, fn)'],
  ['/socket.io-client/build/esm/manager.js', 'reconnect()', 'onreconnect()'],
  [
    '/socket.io-client/build/esm/socket.js',
    ...[
      '_addToQueue(args)',
      'send(...args)',
      'compress(compress)',
      'get volatile()',
      'close()',
      'offAny(listener)',
      'prependAny(listener)',
      'listenersAny()',
    ],
    ...['onAnyOutgoing(listener)', 'prependAnyOutgoing(listener)', 'offAnyOutgoing(listener)', 'listenersAnyOutgoing()'],
  ],
]

export function websocketAlonePlugin(): Plugin {
  const left = new Set<string>()
  return {
    name: 'websocket-alone',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer = '') {
      const standIn = STAND_INS.findIndex(([library, file]) => file === source && importer.includes(library))
      if (standIn >= 0) {
        left.add(source)
        return `\0left-out:${standIn}`
      }
      if (!importer.includes('/engine.io-client/')) return undefined
      if (POLLING.test(source)) {
        const polling = await this.resolve(source, importer)
        return polling && { ...polling, moduleSideEffects: false }
      }
      if (source !== WAYS) return undefined
      const websocket = await this.resolve('./transports/websocket.js', importer)
      if (websocket) left.add(source)
      return websocket ? `\0websocket-alone:${websocket.id}` : undefined
    },
    load(id) {
      const [, standIn] = id.split('\0left-out:')
      if (standIn) return STAND_INS[Number(standIn)]?.[2]
      const [, websocket] = id.split('\0websocket-alone:')
      return websocket && `import { WS } from ${JSON.stringify(websocket)}\nexport const transports = { websocket: WS }`
    },
    transform(code, id) {
      const unused = UNUSED.find(([file]) => id.endsWith(file))
      if (!unused) return undefined
      const [, ...methods] = unused
      return { code: methods.reduce((rest, method) => without(rest, method, left), code), map: null }
    },
    buildEnd(error) {
      const missing = [WAYS, ...STAND_INS.map(([, file]) => file), ...UNUSED.flatMap(([, ...methods]) => methods)].filter(
        (file) => !left.has(file),
      )
      if (!error && missing.length > 0) this.error(`parts of Socket.IO's client stand elsewhere now: ${missing.join(', ')}`)
    },
  }
}

/** As the library writes them: four spaces before a method, and before its end. */
function without(code: string, method: string, left: Set<string>): string {
  const from = code.indexOf(`\n    ${method} {\n`)
  const end = '\n    }\n'
  const to = code.indexOf(end, from)
  if (from < 0 || to < 0) return code
  left.add(method)
  return code.slice(0, from) + code.slice(to + end.length - 1)
}
