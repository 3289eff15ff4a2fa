// Tells a network that lets no WebSocket through from no connection at all: the server answers a plain question, and no handshake.

/** So many handshakes in a row that nobody answered, before the question is asked. */
const ASK_AFTER = 2

export function makeBlockWatch(isReachable: (() => Promise<boolean>) | undefined, tell: (blocked: boolean) => void) {
  let unanswered = 0
  let blocked = false
  async function ask() {
    const reachable = (await isReachable?.().catch(() => false)) ?? false
    if (unanswered === 0 || reachable === blocked) return
    blocked = reachable
    tell(blocked)
  }

  return {
    isBlocked: () => blocked,
    /** A handshake has ended, or the connection that came of it. */
    ended(wasAnswered: boolean) {
      unanswered = wasAnswered ? 0 : unanswered + 1
      if (wasAnswered) blocked = false
      else if (unanswered >= ASK_AFTER) void ask()
    },
  }
}
