// The squares of a QR code, for a sheet of paper. Only the package's core is taken, and it is built into the server: what that package
// draws itself, with all that it needs for it, no installation has to have.
/// <reference path="./qrcode-core.d.ts" />
import core from 'qrcode/lib/core/qrcode.js'

export interface QrMatrix {
  readonly size: number
  readonly isDark: (column: number, row: number) => boolean
}

/** `text`: in capitals, digits and `:` it takes half the room. */
export function qrMatrix(text: string): QrMatrix {
  const { size, data } = core.create(text, { errorCorrectionLevel: 'M' }).modules
  return { size, isDark: (column, row) => data[row * size + column] === 1 }
}
