// Bare Socket.IO, as its own documentation begins: rooms and acknowledgements; no authentication, no storage, no checks.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
let last = 0
io.on('connection', (socket) => {
  const { room } = socket.handshake.auth
  socket.join(room)
  socket.on('message', (body, answer) => {
    const message = { id: ++last, room, from: socket.id, body, at: Date.now() }
    socket.to(room).emit('message', message)
    answer({ ok: true, id: message.id })
  })
})
http.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => console.log(`ready http://127.0.0.1:${http.address().port}`))
process.on('SIGTERM', () => process.exit(0))
process.on('SIGUSR2', () => globalThis.gc?.())
