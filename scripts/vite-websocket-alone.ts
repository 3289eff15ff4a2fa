// Socket.IO's client brings three ways to carry its frames, of which we use one (decision 003): the others are left out.
import type { Plugin } from 'vite'

const WAYS = './transports/index.js'
/** Handed on by the library's index for who names them; loading them already prepares requests. */
const POLLING = /^\.\/transports\/polling-/

export function websocketAlonePlugin(): Plugin {
  let left = false
  return {
    name: 'websocket-alone',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer?.includes('/engine.io-client/')) return undefined
      if (POLLING.test(source)) {
        const polling = await this.resolve(source, importer)
        return polling && { ...polling, moduleSideEffects: false }
      }
      if (source !== WAYS) return undefined
      const websocket = await this.resolve('./transports/websocket.js', importer)
      left = websocket !== null
      return websocket ? `\0websocket-alone:${websocket.id}` : undefined
    },
    load(id) {
      const [, websocket] = id.split('\0websocket-alone:')
      return websocket && `import { WS } from ${JSON.stringify(websocket)}\nexport const transports = { websocket: WS }`
    },
    buildEnd(error) {
      if (!error && !left) this.error("engine.io-client's transports stand elsewhere now")
    },
  }
}
