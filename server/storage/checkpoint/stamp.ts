// A stamp says between which two checkpoints something was written: the installation's epoch, the server, and how many checkpoints that server
// had begun. What was written since the last one may be missing in it; what was written before must stand in it just as it is.
export interface Stamp {
  readonly epoch: number
  readonly server: number
  readonly window: number
}

export interface CheckpointRoot {
  readonly epoch: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** What the next server to start is called. */
  readonly nextServer: number
  /** Servers that may be running, with the last window that is written down whole. */
  readonly servers: Readonly<Record<string, { readonly closed: number; readonly at: number }>>
  /** Epochs that began because somebody took data as it was. */
  readonly restored: readonly number[]
}

export function stampText({ epoch, server, window }: Stamp): string {
  return `${epoch}.${server}.${window}`
}

export function parseStamp(text: string | undefined): Stamp | undefined {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(text ?? '')
  return match ? { epoch: Number(match[1]), server: Number(match[2]), window: Number(match[3]) } : undefined
}

/** Whether what bears this stamp may be newer than the checkpoint. */
export function isSince(root: CheckpointRoot, stamp: Stamp | undefined): boolean {
  if (!stamp || stamp.epoch !== root.epoch) return false
  if (stamp.server >= root.nextServer) return true
  const server = root.servers[stamp.server]
  return server !== undefined && stamp.window > server.closed
}
