import type { Metafile, OutputFile } from 'esbuild'

export function bundleServer(options?: { write?: boolean }): Promise<{ metafile: Metafile; outputFiles: OutputFile[] }>
