// Whether there is a browser to open beside this terminal, and by which command.
import { spawn } from 'node:child_process'

/** The command that opens an address here; undefined where nobody sits before a screen, or asked for none. */
export function openingCommand({ platform, env, isTerminal, isWanted }) {
  if (!isWanted || !isTerminal || env.CI || env.SSH_CONNECTION || env.SSH_TTY) return undefined
  if (platform === 'darwin') return 'open'
  if (platform === 'win32') return 'explorer'
  return env.DISPLAY || env.WAYLAND_DISPLAY ? 'xdg-open' : undefined
}

/** The address alone: other users of this machine can read what a command is given, so a link with a secret never is. */
export function openBrowser(command, address) {
  const child = spawn(command, [address], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined) // no such command: the address stands in the terminal
  child.unref()
}
