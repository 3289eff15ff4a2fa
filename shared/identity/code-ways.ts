/** How a code reaches the person who types it. */
export const CODE_WAYS = ['read-out', 'sms', 'mail'] as const
export type CodeWay = (typeof CODE_WAYS)[number]
