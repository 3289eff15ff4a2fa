// Hands out files. One that rests in pieces is read no faster than its reader takes it: a slow one costs a few pieces of memory, one that
// goes away ends the reading, and what breaks in the middle ends the connection, never the answer as if it were whole.
import type { Request, Response } from 'express'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Download, StreamedDownload } from '#shared/protocol/route.ts'
import { type ByteRange, rangeOf } from './byte-range.ts'

type Sent = (Download | StreamedDownload) & { readonly mediaType: string }

export async function sendDownload(request: Request, response: Response, download: Sent): Promise<void> {
  const { fileName, mediaType } = download
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(fileName)) throw new TypeError('a file name of plain letters is expected')
  const named = () => response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`).type(mediaType)
  // Opened by a browser itself, whatever it is, it runs nothing and loads nothing.
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  if (!('stream' in download)) {
    const { bytes } = download
    named().send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return
  }
  const { length, digest } = download.stream
  const tag = `"${base64url(digest)}"`
  response.setHeader('ETag', tag)
  if (isKnown(request.headers['if-none-match'], tag)) {
    response.status(304).end()
    return
  }
  response.setHeader('Accept-Ranges', 'bytes')
  const range = asksForSame(request.headers['if-range'], tag) ? rangeOf(request.headers.range, length) : undefined
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${length}`)
    response.status(416).end()
    return
  }
  const { from, to } = range ?? { from: 0, to: length }
  if (range) response.status(206).setHeader('Content-Range', `bytes ${from}-${to - 1}/${length}`)
  named().setHeader('Content-Length', to - from)
  if (request.method === 'HEAD') response.end()
  else await sendPieces(response, download.stream, { from, to })
}

/** The first piece is at hand before anything is sent: a file that does not open is refused like any other fault. */
async function sendPieces(response: Response, { pieces }: StreamedDownload['stream'], { from, to }: ByteRange): Promise<void> {
  let left = to - from
  const reading = left > 0 ? pieces(from) : []
  try {
    for await (const piece of reading) {
      if (response.closed) return
      const wanted = piece.subarray(0, left)
      left -= wanted.length
      if (!response.write(wanted)) await roomIn(response)
      if (left === 0) break
    }
    if (left > 0) throw new Error('a file ended early')
  } catch (cause) {
    if (response.headersSent) throw cause
    for (const name of ['ETag', 'Accept-Ranges', 'Content-Range', 'Content-Disposition', 'Content-Length', 'Content-Type'])
      response.removeHeader(name)
    throw cause
  }
  response.end()
}

/** Until the reader has taken what was written, or has gone. */
function roomIn(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      response.off('drain', over).off('close', over)
      resolve()
    }
    if (response.closed) resolve()
    else response.on('drain', over).on('close', over)
  })
}

function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const known = header.split(',').map((each) => each.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(tag)
}

/** A part of another file than the rest, or of none that is named by a date, must not be joined to it. */
function asksForSame(header: unknown, tag: string): boolean {
  return header === undefined || header === tag
}
