// Browsers inside messengers close with the chat and keep no session; the person is shown the way out before they type a code.

/** The way out that this browser has: 'chrome' by an Android intent, 'menu' by its own menu; undefined in an ordinary browser. */
type WayOut = 'chrome' | 'menu'

const MESSENGERS =
  /\b(?:Telegram|WhatsApp|Instagram|FBAN|FBAV|FB_IAB|Line\/|Viber|VKAndroidApp|VKClient|TikTok|musical_ly|BytedanceWebview)/i

export function wayOut(userAgent: string): WayOut | undefined {
  if (/\bAndroid\b/.test(userAgent)) return MESSENGERS.test(userAgent) || /;\s*wv\)/.test(userAgent) ? 'chrome' : undefined
  const apple = /\b(?:iPhone|iPad)\b/.test(userAgent)
  // every real browser on an iPhone names Safari; a bare web view does not
  if (apple && (MESSENGERS.test(userAgent) || !/\bSafari\//.test(userAgent))) return 'menu'
  return undefined
}

/** An address that Android opens in Chrome. The fragment stays: the intent's own part is what follows the last `#`. */
export function chromeAddress(link: string): string {
  const { protocol } = new URL(link)
  const rest = link.slice(protocol.length)
  return `intent:${rest}#Intent;scheme=${protocol.slice(0, -1)};package=com.android.chrome;end`
}
