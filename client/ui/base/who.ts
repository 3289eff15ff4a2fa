// Colour says who. A side's colour is its place in the case, the same for everybody who looks.
export const SIDE_HUES = ['a', 'b', 'c', 'd', 'e'] as const
type SideHue = (typeof SIDE_HUES)[number]
export type Who = 'joint' | SideHue | 'mediators' | 'self'

/** Side number 0, 1, 2 … of a case; beyond five the hues come again and a letter has to tell them apart. */
export function sideHue(index: number): SideHue {
  return SIDE_HUES[index % SIDE_HUES.length] ?? 'a'
}
