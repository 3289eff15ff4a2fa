// An act of the mediator's on the text, followed by the log: asked for, under way, done or failed.
import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { type CommandAction, useCommand } from '#client/realtime/use-command.ts'
import { type RestorationFault, textBeginAnew, textBringBack } from '#shared/drafting/restoring-protocol.ts'
import { type RestoringState, restoringFold } from '#shared/drafting/restoring-state.ts'
import { asId, type RestorationId } from '#shared/kernel/ids.ts'

type Following =
  | { readonly kind: 'nothing' }
  /** Somebody else's, or an earlier one. */
  | { readonly kind: 'another' }
  | { readonly kind: 'under-way' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly fault: RestorationFault }

export function followed({ pending, last }: RestoringState, mine: RestorationId | undefined): Following {
  if (mine !== undefined) {
    if (last?.restorationId === mine) return 'fault' in last.outcome ? { kind: 'failed', fault: last.outcome.fault } : { kind: 'done' }
    if (!pending || pending.restorationId === mine) return { kind: 'under-way' }
  }
  return pending ? { kind: 'another' } : { kind: 'nothing' }
}

export interface Restoring extends Pick<CommandAction, 'problem' | 'clear'> {
  readonly following: Following
  readonly start: (way: 'bring-back' | 'begin-anew', revision: number) => void
}

export function useRestoring(): Restoring {
  const command = useCommand()
  const state = useSlice(restoringFold, 'all') ?? restoringFold.initial
  const [mine, setMine] = useState<RestorationId>()
  return {
    following: followed(state, mine),
    problem: command.problem,
    clear: command.clear,
    async start(way, revision) {
      const restorationId = asId<RestorationId>(randomId())
      setMine(restorationId)
      const taken = await command.run(way === 'bring-back' ? textBringBack : textBeginAnew, { restorationId, revision })
      if (!taken) setMine(undefined)
    },
  }
}
