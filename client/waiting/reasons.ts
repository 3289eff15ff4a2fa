import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { WaitingReason } from '#shared/waiting/task-protocol.ts'

const WORDS = {
  'waiting/past': 'waiting.reason.past',
  'waiting/too-far': 'waiting.reason.too-far',
  'waiting/over': 'waiting.reason.over',
  'waiting/no-session': 'waiting.reason.no-session',
  'waiting/nobody-there': 'waiting.reason.nobody-there',
  'waiting/too-many': 'waiting.reason.too-many',
  'waiting/twice': 'waiting.reason.twice',
  'waiting/withdrawn': 'waiting.reason.withdrawn',
} satisfies Record<WaitingReason, TextId>

registerReasons(WORDS)
