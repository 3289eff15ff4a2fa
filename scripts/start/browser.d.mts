interface Place {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
  readonly isWanted: boolean
}

export function openingCommand(place: Place): string | undefined
export function openBrowser(command: string, address: string): void
