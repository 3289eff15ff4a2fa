// Lets the bench look into a server: a garbage collection before its memory is read, so that what is left is what is held; and how long its
// event loop was held at the longest since that was asked last.
import { monitorEventLoopDelay } from 'node:perf_hooks'

process.on('SIGUSR2', () => globalThis.gc?.())

const RESOLUTION_MS = 1
let delays
process.on('SIGPWR', () => {
  // From the first question on: a timer of a millisecond costs a little, and other measurements are not to pay for it.
  const longest = delays ? Math.max(0, delays.max / 1e6 - RESOLUTION_MS) : 0
  delays ??= monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.reset()
  delays.enable()
  console.log(`longest hold ${longest.toFixed(2)}`)
})
