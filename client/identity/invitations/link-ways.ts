// How a link leaves the mediator's device. The words are in the language of the person who will read them, and say neither the dispute nor a name of it.
import type { Translate } from '#client/i18n/text-ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'

interface LinkLetter {
  readonly text: string
  readonly link: string
}

export function linkLetter(options: { t: Translate; language: Locale; mediator: string; link: string }): LinkLetter {
  const { t, language, mediator, link } = options
  return { text: t(`identity.letter.${language}`, { mediator }), link }
}

/** Opens the device's own SMS writer; without a number the mediator picks the person there. */
export function smsAddress(phone: string, { text, link }: LinkLetter): string {
  return `sms:${phone}?body=${encodeURIComponent(`${text}\n${link}`)}`
}

type ShareOutcome = 'shared' | 'cancelled'

/** The device's share sheet. Throws when the device refuses to share at all. */
export async function shareLetter(share: (data: ShareData) => Promise<void>, { text, link }: LinkLetter): Promise<ShareOutcome> {
  try {
    await share({ text, url: link })
    return 'shared'
  } catch (error) {
    // closing the sheet is a decision, not a fault
    if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled'
    throw error
  }
}
