import './digits.css'

/** A code to be read out or compared: large digits in groups. Spoken digit by digit. */
export function BigDigits({
  digits,
  group = 4,
  size = 'm',
  label,
  note,
}: {
  digits: string
  group?: number
  size?: 'm' | 'l'
  label?: string
  note?: string
}) {
  const groups = digits.match(new RegExp(`.{1,${group}}`, 'g')) ?? []
  return (
    <figure className="ui-digits-box" data-size={size}>
      {label && <figcaption>{label}</figcaption>}
      <span className="ui-big-digits" role="img" aria-label={[...digits].join(' ')}>
        {groups.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          <span key={index}>{part}</span>
        ))}
      </span>
      {note && <small>{note}</small>}
    </figure>
  )
}
