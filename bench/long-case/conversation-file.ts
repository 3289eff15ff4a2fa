import { join } from 'node:path'

/** Where the whole conversation lies for the device: a line for each event. */
export function conversationFile(folder: string): string {
  return join(folder, 'conversation.jsonl')
}
