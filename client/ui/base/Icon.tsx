import { ICON_SHAPES, type IconName } from './icon-shapes.tsx'
import './icon.css'

/** Decorative unless it has a label; words beside it are better than a label. */
export function Icon({ name, size = 'm', label }: { name: IconName; size?: 's' | 'm' | 'l'; label?: string }) {
  const naming = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label or hidden; a title would show a tooltip
    <svg className="ui-icon" data-size={size} data-name={name} viewBox="0 0 20 20" {...naming}>
      {ICON_SHAPES[name]}
    </svg>
  )
}
