// Words for every refusal that words on their way can meet.
import { registerReasons } from '#client/ui/problem-words.ts'
import type { CrossingReason } from '#shared/crossing/crossing-protocol.ts'

registerReasons({
  'crossing/delivered': 'crossing.reason.delivered',
  'crossing/withdrawn': 'crossing.reason.withdrawn',
  'crossing/owner-gone': 'crossing.reason.owner-gone',
  'crossing/not-there': 'crossing.reason.not-there',
  'crossing/readers-changed': 'crossing.reason.readers-changed',
  'crossing/unconfirmed': 'crossing.reason.unconfirmed',
  'crossing/file-gone': 'crossing.reason.file-gone',
  'crossing/other-name': 'crossing.reason.other-name',
  'crossing/answered': 'crossing.reason.answered',
  'crossing/closed': 'crossing.reason.closed',
} as const satisfies Record<CrossingReason, string>)
