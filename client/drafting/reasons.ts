import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'

registerReasons({
  'drafting/no-session': 'drafting.reason.no-session',
  'drafting/not-admitted': 'drafting.reason.no-session',
  'drafting/closed': 'drafting.reason.closed',
  'drafting/text-moved-on': 'drafting.reason.text-moved-on',
  'drafting/not-all-ready': 'drafting.reason.not-all-ready',
  'drafting/closing-faults': 'drafting.reason.closing-faults',
  'drafting/not-ready': 'drafting.reason.text-moved-on',
  'drafting/restoring': 'drafting.reason.restoring',
  'drafting/state-gone': 'drafting.reason.state-gone',
  'drafting/undo-too-late': 'drafting.reason.undo-too-late',
  'drafting/begun-anew': 'drafting.reason.begun-anew',
  'drafting/other-generation': 'drafting.reason.closed',
  'drafting/not-joined': 'drafting.reason.not-saved',
  'drafting/malformed': 'drafting.reason.not-taken',
  'drafting/edit-too-large': 'drafting.reason.edit-too-large',
  'drafting/misplaced': 'drafting.reason.not-taken',
  'drafting/too-tangled': 'drafting.reason.too-tangled',
  'drafting/text-full': 'drafting.reason.text-full',
  'drafting/share-full': 'drafting.reason.share-full',
  'drafting/foreign-author': 'drafting.reason.not-taken',
  'drafting/gap': 'drafting.reason.not-taken',
  'drafting/not-saved': 'drafting.reason.not-saved',
  'drafting/too-fast': 'drafting.reason.not-saved',
} satisfies Record<DraftingReason, TextId>)
// said by this device alone
registerReasons({ 'drafting/words-alone': 'drafting.reason.words-alone' })
