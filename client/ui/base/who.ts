// Colour says who. A side's colour is its place in the case, the same for everybody who looks.
import type { IconName } from './icon-shapes.ts'

export const SIDE_HUES = ['a', 'b', 'c', 'd', 'e'] as const
type SideHue = (typeof SIDE_HUES)[number]
/** `group`: a room for some of the people, of whichever sides: stone, which is no side's. */
export type Who = 'joint' | SideHue | 'mediators' | 'group' | 'self'

/** The sign beside the colour, for those who do not see it. */
export function signOf(who: Who): IconName {
  switch (who) {
    case 'joint':
      return 'people'
    case 'self':
      return 'note'
    case 'group':
      return 'door'
    default:
      return 'lock'
  }
}

/** Side number 0, 1, 2 … of a case; beyond five the hues come again and a letter has to tell them apart. */
export function sideHue(index: number): SideHue {
  return SIDE_HUES[index % SIDE_HUES.length] ?? 'a'
}
