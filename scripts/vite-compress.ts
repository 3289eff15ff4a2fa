// Writes every text of the built client twice more, compressed as far as brotli and gzip go, so that the server has only to pick one.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Fonts and pictures are compressed by nature. */
const TEXTS = /\.(?:css|html|js|json|svg|webmanifest)$/

const FORMS = [
  {
    ending: '.br',
    compress: (bytes: Buffer) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  { ending: '.gz', compress: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }) },
]

export function compressPlugin(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir !== undefined) await compressFolder(dir)
    },
  }
}

export async function compressFolder(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const present = new Set(names)
  // what a build before this one has left is compressed already, and its name says that it is the same
  const isDone = (name: string) => name.startsWith('assets') && present.has(`${name}.br`)
  await Promise.all(names.filter((name) => TEXTS.test(name) && !isDone(name)).map((name) => compressFile(join(folder, name))))
}

/** A form that is no smaller than the file itself is not kept. */
async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file)
  await Promise.all(
    FORMS.map(async ({ ending, compress }) => {
      const compressed = await compress(bytes)
      if (compressed.length < bytes.length) await writeFile(`${file}${ending}`, compressed)
    }),
  )
}
