// Why the log itself refuses a command, whatever its capability says.
const LOG_REASONS = [
  'log/storage-full',
  'log/forked',
  'log/forgotten',
  'log/unstorable',
  // of what one person may write in one case
  'log/too-fast',
  'log/day-full',
  'log/case-full',
] as const
export type LogReason = (typeof LOG_REASONS)[number]
