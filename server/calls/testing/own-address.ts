import { networkInterfaces } from 'node:os'

/** Chromium looks for no addresses on loopback. */
export function ownAddress(): string {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && !each.internal && each.family === 'IPv4')
  if (!found) throw new Error('this machine has no address but its own')
  return found.address
}
