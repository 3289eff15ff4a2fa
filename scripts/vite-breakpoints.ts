// `@media (--name)` as browsers understand it, from client/ui/styles/breakpoints.ts. No browser has custom media of its own yet.
import { BREAKPOINTS } from '../client/ui/styles/breakpoints.ts'

interface MediaRule {
  params: string
  error(message: string): Error
}

const named = new Map<string, string>(Object.entries(BREAKPOINTS))

export const breakpoints = {
  postcssPlugin: 'breakpoints',
  AtRule: {
    media(rule: MediaRule) {
      if (!rule.params.includes('(--')) return
      rule.params = rule.params.replace(/\(--([\w-]+)\)/g, (_all, name: string) => {
        const query = named.get(name)
        if (query === undefined) throw rule.error(`no breakpoint is called ${name}`)
        return query
      })
    },
  },
}
