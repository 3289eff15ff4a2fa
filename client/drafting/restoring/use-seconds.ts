import { useEffect, useState } from 'react'
import { useCaseClient } from '#client/realtime/use-case.tsx'

/** The server's clock as this device knows it, looked at every second until a time, and not at all after it. */
export function useSeconds(until: number): number {
  const client = useCaseClient()
  const [now, setNow] = useState(() => client.now())
  useEffect(() => {
    let cancel: () => void = () => undefined
    const look = () => {
      const at = client.now()
      setNow(at)
      if (at < until) cancel = client.timers.after(1000, look)
    }
    look()
    return () => cancel()
  }, [client, until])
  return now
}
