// npm run dev: the server restarting on change, and the client by vite in front of it.
import { spawn } from 'node:child_process'
import { bin, demandNode, installPackages, root } from './prepare.mjs'

demandNode()
installPackages()
const PORT = process.env.PORT ?? '8080'
const common = { cwd: root, stdio: 'inherit' }
const children = [
  spawn(bin('tsx'), ['watch', '--clear-screen=false', 'server/main.ts'], {
    ...common,
    env: { ...process.env, PORT, PUBLIC_URL: 'http://localhost:5173' },
  }),
  spawn(bin('vite'), ['--config', 'vite.config.ts'], { ...common, env: { ...process.env, API_PORT: PORT } }),
]
for (const child of children) {
  child.on('exit', (code) => {
    for (const each of children) each.kill()
    process.exitCode = code ?? 0
  })
}
