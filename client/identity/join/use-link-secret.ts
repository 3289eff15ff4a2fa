// The secret of a personal link stands in the fragment. It is read once and taken out of the address bar, so that neither a screenshot,
// the history nor a shared screen carries it. Opening the link again, in this tab too, reads it again.
import { useEffect, useState } from 'react'

export function secretIn(hash: string): string | undefined {
  const text = hash.replace(/^#/, '').trim()
  return text === '' ? undefined : text
}

/** Undefined: the page was opened without a link. */
export function useLinkSecret(): string | undefined {
  const [secret, setSecret] = useState(() => secretIn(window.location.hash))
  useEffect(() => {
    const take = () => {
      const found = secretIn(window.location.hash)
      if (found === undefined) return
      window.history.replaceState(window.history.state, '', window.location.pathname)
      setSecret(found)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return secret
}
