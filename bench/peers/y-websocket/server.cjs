// y-websocket's own server with its own LevelDB persistence, which is read from the environment when it is loaded.
const { join } = require('node:path')

process.env.YPERSISTENCE = join(process.env.DATA_FOLDER, 'level')
const { createServer } = require('node:http')
const { WebSocketServer } = require('ws')
const { getPersistence, setupWSConnection } = require('y-websocket/bin/utils')

const http = createServer()
new WebSocketServer({ server: http }).on('connection', setupWSConnection)
http.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${http.address().port}`))
process.on('SIGTERM', async () => {
  await getPersistence().provider.destroy()
  process.exit(0)
})
process.on('SIGUSR2', () => globalThis.gc?.())
