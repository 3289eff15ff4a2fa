export function visibleLine(line: string): string
export function print(line: string): void
export function complain(line: string): void
