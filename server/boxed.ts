/** Lines with a frame around them, as a terminal shows them: what has to be found again when much was said. */
export function boxed(lines: readonly string[]): readonly string[] {
  const width = Math.max(...lines.map((line) => line.length))
  const edge = '─'.repeat(width + 2)
  return [`╭${edge}╮`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `╰${edge}╯`]
}
