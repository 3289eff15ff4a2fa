// Words for every refusal that a file can meet.
import { registerReasons } from '#client/ui/problem-words.ts'
import type { FileReason } from '#shared/files/files-protocol.ts'

const OWN = {
  'files/closed': 'files.reason.closed',
  'files/type-not-taken': 'files.reason.type-not-taken',
  'files/too-large': 'files.reason.too-large',
  'files/empty': 'files.reason.empty',
  'files/allowance-spent': 'files.reason.allowance-spent',
  'files/too-many-open': 'files.reason.too-many-open',
  'files/too-fast': 'files.reason.too-fast',
  'files/other-offset': 'files.reason.incomplete',
  'files/not-cleanable': 'files.reason.not-cleanable',
  'files/other-than-named': 'files.reason.other-than-named',
  'files/unsafe': 'files.reason.unsafe',
  'files/picture-too-large': 'files.reason.picture-too-large',
  'files/not-cleaned': 'files.reason.not-cleaned',
  'files/harmful': 'files.reason.harmful',
  'files/cannot-check': 'files.reason.cannot-check',
  'files/incomplete': 'files.reason.incomplete',
} as const satisfies Record<FileReason, string>

registerReasons(OWN)
