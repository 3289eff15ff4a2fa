// The secret of a personal link stands in the fragment. It is read once and taken out of the address bar, so that neither a screenshot,
// the list of visited pages nor a shared screen carries it. A reload still knows it: it rests in the entry of the tab's history, which the
// room replaces once somebody was let in. Opening the link again, in this tab too, reads it again.
import { useCallback, useEffect, useState } from 'react'
import { keepInEntry } from '#client/ui/state/history-entry.ts'
import { keptLink, LINK_IN_ENTRY } from './kept-link.ts'

export function secretIn(hash: string): string | undefined {
  const text = hash.replace(/^#/, '').trim()
  return text === '' ? undefined : text
}

interface LinkSecret {
  /** Undefined: the page was opened without a link. */
  readonly secret: string | undefined
  /** Whether a reload may still know it: not on a phone that is somebody else's. */
  readonly hold: (mayStay: boolean) => void
}

export function useLinkSecret(): LinkSecret {
  const [secret, setSecret] = useState(() => secretIn(window.location.hash) ?? keptLink(window.history.state))
  useEffect(() => {
    const take = () => {
      const found = secretIn(window.location.hash)
      if (found === undefined) return
      window.history.replaceState({ ...window.history.state, [LINK_IN_ENTRY]: found }, '', window.location.pathname)
      setSecret(found)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  const hold = useCallback((mayStay: boolean) => keepInEntry(LINK_IN_ENTRY, mayStay ? secret : undefined), [secret])
  return { secret, hold }
}
