declare module 'virtual:texts' {
  import type { TextGroup } from '#client/app/text-groups.ts'
  import type { Messages } from '#client/i18n/texts.tsx'
  import type { Locale } from '#shared/kernel/locale.ts'
  export const loadTexts: (group: TextGroup, locale: Locale) => Promise<Messages>
}
