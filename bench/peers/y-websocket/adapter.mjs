import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export const adapter = {
  Y,
  async open({ url, name }) {
    const ydoc = new Y.Doc()
    const provider = new WebsocketProvider(url.replace('http', 'ws'), name, ydoc, { WebSocketPolyfill: WebSocket, disableBc: true })
    if (!provider.synced) await new Promise((resolve) => provider.once('sync', resolve))
    return {
      ydoc,
      saved: () => true, // it never says
      backlog: () => provider.ws?.bufferedAmount ?? 0,
      close: () => provider.destroy(),
    }
  },
}
