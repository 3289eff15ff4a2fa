import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { CallReason } from '#shared/calls/calls-protocol.ts'

registerReasons({
  'calls/off': 'calls.reason.off',
  'calls/no-relay': 'calls.reason.no-relay',
  'calls/no-session': 'calls.reason.no-session',
  'calls/already-open': 'calls.reason.already-open',
  'calls/not-open': 'calls.reason.not-open',
  'calls/paused': 'calls.reason.paused',
  'calls/locked': 'calls.reason.locked',
  'calls/full': 'calls.reason.full',
  'calls/pause-first': 'calls.reason.pause-first',
  'calls/not-in-call': 'calls.reason.not-in-call',
  'calls/gone': 'calls.reason.gone',
} satisfies Record<CallReason, TextId>)
