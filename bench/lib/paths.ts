import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')
export const bench = join(root, 'bench')
export const results = join(bench, 'results')
