// Who wants to hear what the server says, by its name.

export type MessageHandler = (...args: readonly unknown[]) => void

interface MessageHandlers {
  /** Answers how to stop hearing of it. */
  on(name: string, handler: MessageHandler): () => void
  tell(name: string, args: readonly unknown[]): void
  clear(): void
}

export function makeMessageHandlers(): MessageHandlers {
  const handlers = new Map<string, Set<MessageHandler>>()
  return {
    on(name, handler) {
      const set = handlers.get(name) ?? new Set()
      handlers.set(name, set)
      set.add(handler)
      return () => set.delete(handler)
    },
    tell(name, args) {
      for (const handler of [...(handlers.get(name) ?? [])]) handler(...args)
    },
    clear: () => handlers.clear(),
  }
}
