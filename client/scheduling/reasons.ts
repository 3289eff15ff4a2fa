import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { SchedulingReason } from '#shared/scheduling/ask-dates-protocol.ts'

const WORDS = {
  'scheduling/past': 'scheduling.reason.past',
  'scheduling/twice': 'scheduling.reason.twice',
  'scheduling/other-times': 'scheduling.reason.other-times',
  'scheduling/moved': 'scheduling.reason.moved',
  'scheduling/no-address': 'scheduling.reason.no-address',
  'scheduling/over': 'scheduling.reason.over',
} satisfies Record<SchedulingReason, TextId>

registerReasons(WORDS)
