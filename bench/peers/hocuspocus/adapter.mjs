import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

export const adapter = {
  Y,
  async open({ url, name }) {
    const ydoc = new Y.Doc()
    const connection = new HocuspocusProviderWebsocket({ url: url.replace('http', 'ws'), WebSocketPolyfill: WebSocket })
    const provider = await new Promise((resolve) => {
      const made = new HocuspocusProvider({
        websocketProvider: connection,
        name,
        document: ydoc,
        awareness: null,
        onSynced: () => resolve(made),
      })
      made.attach()
    })
    return {
      ydoc,
      saved: () => !provider.hasUnsyncedChanges,
      backlog: () => connection.webSocket?.bufferedAmount ?? 0,
      close() {
        provider.destroy()
        connection.destroy()
      },
    }
  },
}
