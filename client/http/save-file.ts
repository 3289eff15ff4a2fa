import type { Download } from '#shared/protocol/route.ts'

/** Hands bytes to the browser's own "save". */
export function saveFile({ bytes, fileName }: Download, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  document.body.append(link)
  link.click()
  link.remove()
  // The browser reads the address when it is free to; it must live until then, and is given back when the page goes.
  window.addEventListener('pagehide', () => URL.revokeObjectURL(url), { once: true })
}
