// A device that sends files, request by request, as the tus protocol says.
import { newCommandId } from '#server/testing/case-world.ts'
import { accepted, type Device } from '#server/testing/live-room.ts'
import { say } from '#server/testing/socket-world.ts'
import { type Evidence, type FileFacts, filePost, filePosted } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { asId, type CommandId, type FileId } from '#shared/kernel/ids.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'

export interface SendingTo {
  readonly url: string
  readonly token: string
  readonly caseId: string
}

export interface TusAnswer {
  readonly status: number
  readonly headers: Headers
  readonly problem: Problem | undefined
  readonly text: string
}

const TUS = { 'tus-resumable': '1.0.0' } as const

export async function tus(
  { url, token }: Pick<SendingTo, 'url' | 'token'>,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Uint8Array,
): Promise<TusAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...TUS, authorization: `Bearer ${token}`, origin: url, ...headers },
    ...(body ? { body: Buffer.from(body) } : {}),
  })
  const text = await response.text()
  const isProblem = text !== '' && response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, text, problem: isProblem ? (JSON.parse(text) as Problem) : undefined } // what the server promises
}

export interface ToSend {
  readonly audience: Audience
  readonly name: string
  readonly evidence?: Evidence
}

export function begin(to: SendingTo, { audience, name, evidence = 'original' }: ToSend, length: number): Promise<TusAnswer> {
  const fields = Object.entries({ audience, name, evidence }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
  return tus(to, 'POST', `/api/cases/${to.caseId}/uploads`, { 'upload-length': String(length), 'upload-metadata': fields.join(',') })
}

export function patch(to: SendingTo, path: string, offset: number, bytes: Uint8Array): Promise<TusAnswer> {
  return tus(to, 'PATCH', path, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, bytes)
}

/** The address that was answered for a new upload. */
export function placeOf(answer: TusAnswer): string {
  const place = answer.headers.get('location')
  if (answer.status !== 201 || !place) throw new Error(`not begun: ${answer.status} ${answer.text}`)
  return place
}

export function fileIdIn(place: string): FileId {
  return asId<FileId>(place.split('/').at(-1) ?? '')
}

/** Begins and sends all of it; the last answer. */
export async function send(to: SendingTo, what: ToSend, bytes: Uint8Array): Promise<TusAnswer & { readonly fileId: FileId }> {
  const place = placeOf(await begin(to, what, bytes.length))
  return { ...(await patch(to, place, 0, bytes)), fileId: fileIdIn(place) }
}

export async function post(
  device: Device,
  audience: Audience,
  fileId: FileId,
  more: { id?: CommandId; text?: string } = {},
): Promise<CommandAck> {
  const { id = asId<CommandId>(newCommandId()), text } = more
  const input = { audience, id, fileId, ...(text === undefined ? {} : { text }) }
  return say(device.socket, filePost, input, { id, seen: device.seen(audience) })
}

/** Sent and posted: what its event says of it, and where it stands. */
export async function sendAndPost(
  device: Device,
  to: SendingTo,
  what: ToSend,
  bytes: Uint8Array,
): Promise<{ readonly file: FileFacts; readonly seq: number; readonly epoch: number }> {
  const { status, text, fileId } = await send(to, what, bytes)
  if (status !== 204) throw new Error(`not sent: ${status} ${text}`)
  accepted(await post(device, what.audience, fileId))
  await device.resume()
  const event = device.events(what.audience).find(({ type, body }) => type === filePosted.name && body?.includes(fileId))
  if (!event?.body) throw new Error('not posted')
  return { file: JSON.parse(event.body).file as FileFacts, seq: event.seq, epoch: event.epoch } // that event's body
}
