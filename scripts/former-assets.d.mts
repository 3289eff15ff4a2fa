export function pruneFormerAssets(dist: string, current: ReadonlySet<string>, now: Date): void
export function filesIn(folder: string): string[]
