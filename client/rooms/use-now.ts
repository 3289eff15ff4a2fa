import { useEffect, useState } from 'react'
import { useCaseClient } from '#client/realtime/use-case.tsx'

const STEP = 20_000

/** The server's clock as this device knows it, looked at again every few seconds: for "waits 3 min". */
export function useNow(): number {
  const client = useCaseClient()
  const [now, setNow] = useState(() => client.now())
  useEffect(() => {
    let cancel: () => void = () => undefined
    const tick = () => {
      setNow(client.now())
      cancel = client.timers.after(STEP, tick)
    }
    cancel = client.timers.after(STEP, tick)
    return () => cancel()
  }, [client])
  return now
}

export function minutesSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / 60_000))
}
