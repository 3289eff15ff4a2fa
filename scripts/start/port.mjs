// Looks at the port before anything is built for it: a minute of building must not end with "taken".
import { createServer } from 'node:net'

/** The lines to say when the port is taken; empty when it is free, or when only the server can tell what is wrong with it. */
export async function portFault(env, command) {
  const port = Number(env.PORT?.trim() || 8080)
  const host = env.HOST?.trim() || '127.0.0.1'
  if (!Number.isInteger(port) || port < 1 || port > 65_535 || !(await isTaken(port, host))) return []
  const other = await nextFree(port, host)
  return [
    `Port ${port} is taken: another program listens there, perhaps Bitim in another window. Stop that one, or start on another port:`,
    `  PORT=${other} ${command}`,
  ]
}

async function nextFree(taken, host) {
  for (let port = taken + 1; port < taken + 100 && port <= 65_535; port += 1) if (!(await isTaken(port, host))) return port
  return 0 // any that the system has
}

function isTaken(port, host) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', ({ code }) => resolve(code === 'EADDRINUSE'))
    probe.listen(port, host, () => probe.close(() => resolve(false)))
  })
}
