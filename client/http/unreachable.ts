/** The server gave no answer at all: no connection, or it is being restarted. Nothing is known of what it did. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
