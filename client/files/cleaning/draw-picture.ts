// The browser draws the picture anew: nothing but what is seen comes through. For what cannot be cleaned byte by byte, and to make it smaller.
import type { PictureSize } from './picture-size.ts'

export interface OpenPicture extends PictureSize {
  /** As a JPEG of this size; undefined where the browser cannot. */
  jpeg(size: PictureSize, quality: number): Promise<Blob | undefined>
  /** Gives the memory back. */
  close(): void
}

/** Undefined where the browser cannot read it. */
export type DrawPicture = (picture: Blob) => Promise<OpenPicture | undefined>

export const drawPicture: DrawPicture = async (picture) => {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' }).catch(() => undefined) // what it cannot read is said to the person
  if (!bitmap) return undefined
  return {
    width: bitmap.width,
    height: bitmap.height,
    jpeg({ width, height }, quality) {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const pen = canvas.getContext('2d')
      if (!pen) return Promise.resolve(undefined)
      // what was see-through would come out black
      pen.fillStyle = 'white'
      pen.fillRect(0, 0, width, height)
      pen.imageSmoothingQuality = 'high'
      pen.drawImage(bitmap, 0, 0, width, height)
      return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', quality))
    },
    close: () => bitmap.close(),
  }
}
