// Hocuspocus with its own SQLite extension, as bench/lib/server-process.ts starts and stops a server.
import { join } from 'node:path'
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

/** `more`: extensions that run after its own. All else is its default. */
export async function serve(more = []) {
  const server = new Server({
    port: 0,
    address: '127.0.0.1',
    quiet: true,
    stopOnSignals: false,
    extensions: [new SQLite({ database: join(process.env.DATA_FOLDER, 'documents.sqlite') }), ...more],
  })
  await server.listen()
  console.log(`ready http://127.0.0.1:${server.address.port}`)
  process.on('SIGTERM', async () => {
    await server.destroy()
    process.exit(0)
  })
  process.on('SIGUSR2', () => globalThis.gc?.())
}
