// npm run bench: load and speed, ours beside the peers. See docs/performance.md.
import { bin, run } from './prepare.mjs'

process.exitCode = run(bin('tsx'), ['bench/run.ts', ...process.argv.slice(2)])
