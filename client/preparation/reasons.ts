import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { PreparationReason } from '#shared/preparation/statement-protocol.ts'

const WORDS = {
  'preparation/over': 'preparation.reason.over',
  'preparation/shown': 'preparation.reason.shown',
  'preparation/changed': 'preparation.reason.changed',
  'preparation/empty': 'preparation.reason.empty',
  'preparation/nothing-to-show': 'preparation.reason.nothing-to-show',
  'preparation/no-session': 'preparation.reason.no-session',
} satisfies Record<PreparationReason, TextId>

registerReasons(WORDS)
