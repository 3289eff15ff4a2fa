// DejaVu Serif has every Kazakh letter and the tenge sign; both weights are embedded in what we print.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const resolve = createRequire(import.meta.url).resolve

export interface Fonts {
  readonly regular: Buffer
  readonly bold: Buffer
}

let loaded: Fonts | undefined

export function serifFonts(): Fonts {
  loaded ??= { regular: font('DejaVuSerif.ttf'), bold: font('DejaVuSerif-Bold.ttf') }
  return loaded
}

function font(name: string): Buffer {
  return readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}`))
}
