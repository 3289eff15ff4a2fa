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

/** Messengers that take a letter by an address, for devices without a share sheet. */
export function chatAddress(way: 'whatsapp' | 'telegram', { text, link }: LinkLetter): string {
  if (way === 'whatsapp') return `https://wa.me/?text=${encodeURIComponent(`${text}\n${link}`)}`
  return `https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(text)}`
}

/** `sent`: it left, as far as this device can tell; `cancelled`: nothing left, on purpose; `refused`: the device did not let it. */
export type WayOutcome = 'sent' | 'cancelled' | 'refused'

/** The device's share sheet. */
export async function shareLetter(share: (data: ShareData) => Promise<void>, { text, link }: LinkLetter): Promise<WayOutcome> {
  try {
    await share({ text, url: link })
    return 'sent'
  } catch (error) {
    // closing the sheet is a decision, not a fault
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : 'refused'
  }
}

/** In-app browsers and policies refuse the clipboard; some have none. */
export async function copyLink(write: (text: string) => Promise<void>, link: string): Promise<WayOutcome> {
  return write(link).then(
    () => 'sent',
    () => 'refused',
  )
}
