// Lets the bench ask for a garbage collection before it reads a process's memory: what is left is what is held.
process.on('SIGUSR2', () => globalThis.gc?.())
