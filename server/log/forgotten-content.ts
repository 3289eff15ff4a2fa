// The MAC of a command says what the command said to whoever holds the audience's key: a short text could be guessed by it. It goes with the
// body; a retry of such a command is then known by its id alone, and is answered as what was done.
const CONTENT_MAC = 32

export function macWithoutContent(): Uint8Array {
  return new Uint8Array(CONTENT_MAC)
}

export function isContentForgotten(commandMac: Uint8Array): boolean {
  return commandMac.subarray(0, CONTENT_MAC).every((byte) => byte === 0)
}
