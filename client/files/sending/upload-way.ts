// How the bytes of one file come to the server, piece by piece; what was interrupted goes on where it stopped.

import type { Evidence } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'

interface UploadAsked {
  readonly content: Blob
  readonly audience: Audience
  readonly name: string
  readonly evidence: Evidence
  /** Where an earlier try stopped. */
  readonly url: string | undefined
}

export interface UploadHeard {
  /** The server has given it a place. */
  begun(url: string): void
  /** So many bytes have left. */
  sent(bytes: number): void
  /** All of it is there and was found good. */
  done(url: string): void
  /** No answer came, or one that says "later". */
  interrupted(): void
  refused(problem: Problem): void
}

export interface UploadWay {
  /** Answers how to stop. What was stopped is heard of no more. */
  send(asked: UploadAsked, heard: UploadHeard): () => void
  /** The server may forget what it has of it. */
  drop(url: string): void
}
