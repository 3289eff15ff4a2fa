import './logo.css'

/** Two sides, and what has grown together between them. With `word` the name stands beside it. */
export function Logo({ size = 'm', word = false }: { size?: 's' | 'm' | 'l'; word?: boolean }) {
  return (
    <span className="ui-logo" data-size={size}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label or hidden; a title would show a tooltip */}
      <svg viewBox="0 0 44 28" {...(word ? { 'aria-hidden': true } : { role: 'img', 'aria-label': 'Bitim' })}>
        <path d="M22 3.300a13 13 0 1 0 0 21.400 13 13 0 0 1 0-21.400z" fill="var(--side-a)" />
        <path d="M22 3.300a13 13 0 1 1 0 21.400 13 13 0 0 0 0-21.400z" fill="var(--side-b)" />
        <path d="M22 3.300a13 13 0 0 1 0 21.400 13 13 0 0 1 0-21.400z" fill="var(--joint)" />
      </svg>
      {word && <span className="ui-logo-word">Bitim</span>}
    </span>
  )
}
