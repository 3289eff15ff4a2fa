// The one thing of a photo's notes that its picture needs: which side is up, as its TIFF (Exif) notes say it. No notes stay in a picture:
// what they turn is drawn anew as it stands.
const TAG = 0x0112
const SHORT = 3

/** 1 where nothing is said, or nothing that can be read. `tiff`: what stands behind `Exif\0\0`. */
export function orientationIn(tiff: Uint8Array): number {
  if (tiff.length < 8) return 1
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const order = view.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return 1
  const little = order === 0x4949
  const at = view.getUint32(4, little)
  if (at + 2 > tiff.length) return 1
  const count = view.getUint16(at, little)
  for (let entry = at + 2; entry + 12 <= tiff.length && entry < at + 2 + count * 12; entry += 12) {
    if (view.getUint16(entry, little) !== TAG || view.getUint16(entry + 2, little) !== SHORT) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}
