// A file on its way: from "send" until its event is on the screen.

import type { Evidence } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import type { Seen } from '#shared/protocol/wire.ts'

export type SendingState =
  /** Can still be taken back: nothing of it has left the device. */
  | { readonly kind: 'held' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly bytes: number }
  /** All of it is there; the server looks at it. */
  | { readonly kind: 'checking' }
  /** Its event is asked for: the outbox knows how it stands. */
  | { readonly kind: 'posting' }
  /** A page was closed before it was certain that it should go. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'refused'; readonly problem: Problem }

export interface NewFile {
  readonly content: Blob
  readonly name: string
  readonly evidence: Evidence
  readonly text: string | undefined
}

export interface FileToSend extends Omit<NewFile, 'content'> {
  /** On this device alone. */
  readonly key: string
  readonly audience: Audience
  readonly size: number
  /** What its person knew of the room when it was confirmed. */
  readonly seen: Seen | undefined
  /** By the server's clock, as this device knows it. */
  readonly pressedAt: number
  /** Where its upload goes on. */
  readonly url: string | undefined
  readonly fileId: FileId | undefined
  readonly state: SendingState
}

/** What somebody waits for: it goes by itself. */
export function isUnderWay({ state: { kind } }: FileToSend): boolean {
  return kind === 'held' || kind === 'waiting' || kind === 'sending' || kind === 'checking'
}

/** What waits for its person. */
export function isSetAside({ state: { kind } }: FileToSend): boolean {
  return kind === 'stopped' || kind === 'refused'
}
