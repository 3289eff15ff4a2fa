import './tabs.css'

interface Tab {
  readonly href: string
  readonly label: string
  readonly current: boolean
}

/** Pages that belong together, as links in a line under the header; the current one is underlined. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="ui-tabs" aria-label={label}>
      {tabs.map(({ href, label: words, current }) => (
        <a key={href} href={href} aria-current={current ? 'page' : undefined}>
          {words}
        </a>
      ))}
    </nav>
  )
}
