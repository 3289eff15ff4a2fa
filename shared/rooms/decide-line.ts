import { caseFold } from '#shared/cases/case-state.ts'
import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { lineInterrupt, lineInterrupted, lineRestore, lineRestored } from './line-protocol.ts'
import { lineFold } from './line-state.ts'

/** Told once, by whichever server comes first. */
export const interruptLineRule = systemRule({
  command: lineInterrupt,
  sees: () => ['case', 'all'],
  decide(view) {
    const isOver = view.state(caseFold, 'case')?.session === undefined
    const line = view.state(lineFold, 'all')
    return isOver || line?.interruptedAt !== undefined ? decided() : decided(newEvent(lineInterrupted, 'all', {}))
  },
})

export const restoreLineRule = systemRule({
  command: lineRestore,
  sees: () => ['all'],
  decide(view) {
    return view.state(lineFold, 'all')?.interruptedAt === undefined ? decided() : decided(newEvent(lineRestored, 'all', {}))
  },
})
