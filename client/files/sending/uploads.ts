// The files of an open case that are on their way, in the order in which they were sent: one at a time, whichever room is shown. Nothing
// leaves the device for some seconds; what was interrupted goes on; a refusal stays at its file until its person has decided.
import { randomId } from '#client/http/random-id.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import { mayPassAgain, type OutboxEntry } from '#client/realtime/outbox-entries.ts'
import type { Owned } from '#client/realtime/owned.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import { type FileReason, filePost } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { type FileToSend, isSetAside, isUnderWay, type NewFile } from './file-to-send.ts'
import { keptFiles } from './kept-files.ts'
import type { UploadWay } from './upload-way.ts'

export interface Uploads extends Owned, Store<readonly FileToSend[]> {
  /** From now on bytes can go; asked again it changes nothing. */
  open(way: UploadWay): void
  /** Confirmed for this room by somebody who was told who will see them. */
  add(audience: Audience, files: readonly NewFile[]): void
  /** While somebody looks at what can still be taken back, its seconds stand still. */
  look(looks: boolean): void
  /** Before it is there: it is taken off this device, and what the server has of it is dropped. */
  cancel(key: string): void
  /** Once more, to whoever reads the room now. */
  again(key: string): void
  /** Whether it will be there again after a reload. */
  isKept(key: string): boolean
}

type Client = Pick<CaseClient, 'connection' | 'outbox' | 'put' | 'storage' | 'store' | 'timers' | 'unsent' | 'now'>

/** As long as a message can be taken back. */
export const HELD_FOR = 5_000
const AGAIN_AFTER = 3_000
/** Bytes are missing on the server: they have to go first. */
const INCOMPLETE: FileReason = 'files/incomplete'

export function createUploads(client: Client): Uploads {
  return new SendingFiles(client)
}

class SendingFiles implements Uploads {
  readonly #client: Client
  readonly #kept: ReturnType<typeof keptFiles>
  readonly #files = createStore<readonly FileToSend[]>([])
  readonly #contents = new Map<string, Blob>()
  readonly #stops: readonly (() => void)[]
  #way: UploadWay | undefined
  #underWay: { readonly key: string; readonly stop: () => void } | undefined
  #cancelHeld: (() => void) | undefined
  #cancelWake: (() => void) | undefined
  #isOver = false

  readonly state = this.#files.state
  readonly subscribe = this.#files.subscribe

  constructor(client: Client) {
    this.#client = client
    // whoever shows a file asks again whether it is kept
    this.#kept = keptFiles(client.storage, { files: this.state, changed: () => this.#become([...this.state()]) })
    const files = this.#kept.load()
    for (const [{ key }, content] of files) this.#contents.set(key, content)
    this.#become(files.map(([file]) => file))
    this.#stops = [client.connection.subscribe(() => this.#wake()), client.outbox.subscribe(() => this.#followOutbox())]
  }

  open(way: UploadWay): void {
    this.#way ??= way
    this.#followOutbox()
    this.#wake()
  }

  add(audience: Audience, files: readonly NewFile[]): void {
    if (this.#isOver) return
    const seen = this.#client.store.seen(audience)
    const added = files.map(({ content, ...file }): FileToSend => {
      const key = randomId()
      this.#contents.set(key, content)
      const at = { audience, seen, pressedAt: this.#client.now(), url: undefined, fileId: undefined }
      return { ...file, ...at, key, size: content.size, state: { kind: 'held' } }
    })
    this.#become([...this.state(), ...added])
    for (const file of added) this.#keep(file)
    this.look(false)
  }

  look(looks: boolean): void {
    this.#cancelHeld?.()
    this.#cancelHeld = looks || this.#isOver ? undefined : this.#client.timers.after(HELD_FOR, () => this.#letGo())
  }

  cancel(key: string): void {
    const file = this.#find(key)
    if (!file) return
    if (this.#underWay?.key === key) this.#stop()
    const entry = this.#entryOf(file)
    // what is being asked for cannot be called back
    if (entry && this.#client.outbox.discard(entry.id) === undefined) return
    if (file.url !== undefined) this.#way?.drop(file.url)
    this.#remove(key)
    // its button is gone, and with it whoever looked
    if (file.state.kind === 'held') this.look(false)
    this.#wake()
  }

  again(key: string): void {
    const file = this.#find(key)
    if (!file || !isSetAside(file)) return
    const seen = this.#client.store.seen(file.audience)
    const entry = this.#entryOf(file)
    if (entry && file.state.kind === 'refused' && file.state.problem.reason !== INCOMPLETE) {
      this.#client.outbox.again(entry.id, seen)
      this.#put(key, { seen, state: { kind: 'posting' } })
    } else {
      this.#put(key, { seen, fileId: undefined, state: { kind: 'waiting' } })
      if (entry) this.#client.outbox.discard(entry.id)
    }
    this.#wake()
  }

  isKept(key: string): boolean {
    return this.#kept.isKept(key)
  }

  close(): void {
    this.#end()
  }

  wipe(): void {
    this.#end()
    this.#kept.stop()
    this.#contents.clear()
    this.#files.set([])
  }

  #end() {
    this.#isOver = true
    this.#stop()
    this.#cancelHeld?.()
    this.#cancelWake?.()
    for (const stop of this.#stops) stop()
  }

  #letGo() {
    this.#become(this.state().map((file) => (file.state.kind === 'held' ? { ...file, state: { kind: 'waiting' } } : file)))
    this.#wake()
  }

  #keep(file: FileToSend) {
    const content = this.#contents.get(file.key)
    if (content) void this.#kept.keep(file, content).catch(() => undefined) // what cannot be read here is not kept, and the screen says so
  }

  #wake() {
    if (this.#isOver || this.#underWay || !this.#way || this.#client.connection.state().kind !== 'live') return
    const next = this.state().find(({ state }) => state.kind === 'waiting')
    const content = next && this.#contents.get(next.key)
    if (next && content) this.#send(next, content, this.#way)
  }

  #send(file: FileToSend, content: Blob, way: UploadWay) {
    const { key, audience, name, evidence, url } = file
    this.#put(key, { state: { kind: 'sending', bytes: 0 } })
    const stop = way.send(
      { content, audience, name, evidence, url },
      {
        begun: (place) => this.#put(key, { url: place }),
        sent: (bytes) => this.#put(key, { state: bytes < content.size ? { kind: 'sending', bytes } : { kind: 'checking' } }),
        done: (place) =>
          this.#over(() => {
            this.#post(key, place)
            this.#wake()
          }),
        interrupted: () =>
          this.#over(() => {
            this.#put(key, { state: { kind: 'waiting' } })
            this.#cancelWake?.()
            this.#cancelWake = this.#client.timers.after(AGAIN_AFTER, () => this.#wake())
          }),
        // what was refused is not kept by the server either: another try begins anew
        refused: (problem) =>
          this.#over(() => {
            this.#put(key, { url: undefined, state: { kind: 'refused', problem } })
            this.#wake()
          }),
      },
    )
    this.#underWay = { key, stop }
  }

  #over(then: () => void) {
    if (this.#isOver) return
    this.#underWay = undefined
    then()
  }

  #stop() {
    this.#underWay?.stop()
    this.#underWay = undefined
  }

  #post(key: string, url: string) {
    const file = this.#find(key)
    if (!file) return
    const fileId = asId<FileId>(url.split('/').at(-1) ?? '')
    const { audience, text, seen } = file
    this.#put(key, { url, fileId, state: { kind: 'posting' } })
    this.#client.put(filePost, audience, (id) => ({ audience, id, fileId, ...(text === undefined ? {} : { text }) }), seen)
  }

  #entryOf({ fileId }: FileToSend): OutboxEntry | undefined {
    return fileId && this.#client.outbox.entries().find(({ name, input }) => name === filePost.name && fileIdOf(input) === fileId)
  }

  /** What the outbox has no more was taken by the server: its event is on the screen. */
  #followOutbox() {
    for (const file of this.state()) {
      if (file.fileId === undefined || !(file.state.kind === 'posting' || file.state.kind === 'refused')) continue
      const entry = this.#entryOf(file)
      if (!entry) this.#remove(file.key)
      else if (entry.state.kind === 'refused' && file.state.kind === 'posting') {
        this.#put(file.key, { state: { kind: 'refused', problem: entry.state.problem } })
      }
    }
  }

  #find(key: string): FileToSend | undefined {
    return this.state().find((file) => file.key === key)
  }

  #put(key: string, change: Partial<FileToSend>) {
    this.#become(this.state().map((file) => (file.key === key ? { ...file, ...change } : file)))
  }

  #remove(key: string) {
    this.#contents.delete(key)
    this.#kept.drop(key)
    this.#become(this.state().filter((file) => file.key !== key))
  }

  #become(next: readonly FileToSend[]) {
    if (this.#isOver) return
    this.#kept.save(next)
    const works = this.#client.storage?.works() ?? false
    this.#client.unsent.count({
      waiting: next.filter(isUnderWay).length,
      // what the outbox holds it counts itself
      refused: next.filter((file) => isSetAside(file) && !this.#entryOf(file)).length,
      unkept: next.filter(({ key }) => !works || !this.#kept.isKept(key)).length,
    })
    this.#files.set(next)
  }
}

function fileIdOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'fileId' in input ? input.fileId : undefined
}

/** Whether the very same file may be taken at another moment, or by whoever reads now. */
export function mayGoAgain(problem: Problem): boolean {
  return mayPassAgain(problem) || problem.kind === 'unavailable' || problem.kind === 'too-many'
}
