import { createContext } from 'react'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'

/** The id of what stands on the page in a removed message's place. */
export const placeOf = ({ seq }: Pick<Message, 'seq'>) => `removed-${seq}`

/** The room of the conversation that is drawn: who would lose the words is said when it is asked. */
export const RemovalRoom = createContext<RoomView | undefined>(undefined)
