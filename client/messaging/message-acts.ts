// What capabilities to the right add to a message: further acts in its menu, and words beside it.
import { createContext } from 'react'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import type { Message } from '#shared/messaging/messaging-state.ts'

export interface MessageActs {
  items(message: Message, text: string): readonly MenuItem[]
  note(message: Message): string | undefined
}

export const MessageActsContext = createContext<MessageActs | undefined>(undefined)
