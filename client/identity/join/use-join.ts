import { useCallback, useEffect, useState } from 'react'
import { shownProblem } from '#client/http/shown-problem.ts'
import { useTools } from '#client/http/tools.tsx'
import { createPersonSessions, type OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import { joinLook } from '#shared/identity/join-protocol.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { FirstJoin } from './begun.ts'
import { codeRefused, type JoinState, looked, lookRefused } from './join-state.ts'

interface Join {
  readonly state: JoinState
  readonly entering: boolean
  readonly look: () => Promise<void>
  readonly enter: (code: string, keep: boolean) => Promise<void>
}

/** A device that was let in before goes straight on; every other looks at the link, which changes nothing, and asks for the code. */
export function useJoin(options: {
  secret: string | undefined
  onOpen: (person: OpenPerson) => void
  onLanguage: (language: Locale) => void
  /** The phone was given to somebody else: their own code opens it, and no code of the mediator's. */
  onHeld: (person: OpenPerson) => void
  /** A code that was sent off before the program was there. It is asked about beside the link, not after it. */
  sent: FirstJoin['sent'] | undefined
}): Join {
  const { secret, onOpen, onLanguage, onHeld, sent } = options
  const tools = useTools()
  const people = tools.once(createPersonSessions)
  const [state, setState] = useState<JoinState>({ kind: secret === undefined ? 'no-link' : 'looking' })
  const [entering, setEntering] = useState(false)

  const enter = useCallback(
    async (code: string, keep: boolean, looking?: Promise<unknown>) => {
      if (secret === undefined) return
      setEntering(true)
      try {
        onOpen(await people.enter({ secret, code, keep }))
      } catch (error) {
        await looking?.catch(() => undefined) // its refusal has words of its own
        const problem = shownProblem(error)
        setState((before) => codeRefused(before, problem))
        setEntering(false)
      }
    },
    [secret, people, onOpen],
  )

  const look = useCallback(async () => {
    if (secret === undefined) return setState({ kind: 'no-link' })
    setState({ kind: 'looking' })
    try {
      const known = await people.whose(secret)
      const person = known === undefined ? 'ended' : await people.resume(known.participantId)
      if (known && person === 'held') return onHeld(known)
      if (typeof person === 'object') return onOpen(person)
      const looking = tools.api.call(joinLook, { secret })
      const early = sent?.()
      if (early) void enter(early.code, !early.notMine, looking) // on a weak line each turn of asking is a second
      const found = await looking
      onLanguage(found.language)
      setState(looked(found))
    } catch (error) {
      setState(lookRefused(shownProblem(error)))
    }
  }, [secret, tools, people, onOpen, onLanguage, onHeld, sent, enter])

  useEffect(() => {
    void look()
  }, [look])
  return { state, entering, look, enter }
}
