import type { TextId } from '#client/i18n/text-ids.ts'
import { registerReasons } from '#client/ui/problem-words.ts'
import type { JointRecordReason } from '#shared/joint-record/joint-record-routes.ts'

export function registerJointRecordReasons(): void {
  registerReasons({
    'joint-record/judge': 'joint-record.judge',
    'joint-record/not-whole': 'joint-record.not-whole',
    'joint-record/cannot-make': 'joint-record.cannot-make',
  } satisfies Record<JointRecordReason, TextId>)
}
