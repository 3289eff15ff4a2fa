// What few screens use is fetched when it is first drawn; until then its place is empty. Icons stand beside words, so nothing is missing.
import { useSyncExternalStore } from 'react'
import { ICON_SHAPES, type IconName } from './icon-shapes.ts'
import './icon.css'

const known: Partial<Record<IconName, string>> = { ...ICON_SHAPES }
const listeners = new Set<() => void>()
let isComing = false

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A fetch that failed is tried again by the next icon that is drawn. */
function fetchRare() {
  if (isComing) return
  isComing = true
  import('#client/ui/rare-icon-shapes.ts').then(
    ({ RARE_ICON_SHAPES: rare }) => {
      Object.assign(known, rare)
      for (const listener of [...listeners]) listener()
    },
    () => {
      isComing = false
    },
  )
}

/** Decorative unless it has a label; words beside it are better than a label. */
export function Icon({ name, size = 'm', label }: { name: IconName; size?: 's' | 'm' | 'l'; label?: string }) {
  const shape = useSyncExternalStore(subscribe, () => known[name])
  if (shape === undefined) fetchRare()
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label or hidden; a title would show a tooltip
    <svg className="ui-icon" data-size={size} data-name={name} viewBox="0 0 20 20" {...naming}>
      <path d={shape} />
    </svg>
  )
}
