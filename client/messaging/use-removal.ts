import { useEffect, useRef } from 'react'
import { useCommand } from '#client/realtime/use-command.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { placeOf } from './removal-place.ts'

/** Takes a message or a file away. The button that led here goes with it: whoever goes by keyboard stays at its place. */
export function useRemoval(audience: Audience, post: { readonly epoch: number; readonly seq: number }) {
  const { run, busy, problem } = useCommand()
  const asked = useRef(false)
  const place = placeOf(post)
  useEffect(
    () => () => {
      if (asked.current) document.getElementById(place)?.focus()
    },
    [place],
  )
  function remove() {
    asked.current = true
    return run(messageRedact, { audience, epoch: post.epoch, seq: post.seq })
  }
  return { act: remove, busy, problem }
}
