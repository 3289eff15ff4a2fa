// Unsent words and the guard, outside of any screen: they outlive a switch of rooms, a look at the board and, where the device may
// remember, a reload. What was being asked about or could still be taken back is remembered as unsent words: nobody confirmed it again.
import type { CaseClient } from '#client/realtime/case-client.ts'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CommandId } from '#shared/kernel/ids.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { textProblem } from '#shared/protocol/text-reasons.ts'
import { GUARD_AT_REST, type GuardEvent, type GuardState, guardStep, type PendingMessage } from './send-guard.ts'
import { textOf } from './text-of.ts'

export type Words = Readonly<Partial<Record<Audience, string>>>

export interface TalkState {
  readonly guard: GuardState
  readonly words: Words
}

export interface TalkStore extends Store<TalkState> {
  write(audience: Audience, text: string): void
  /** Unsent words of one room go before those of another. */
  carry(from: Audience, to: Audience): void
  /** "Send" was pressed in the room that is shown. */
  press(audience: Audience): void
  /** Says something without the composer, still to be taken back for some seconds. */
  say(audience: Audience, text: string): void
  guard(event: GuardEvent): void
  /** A refused or waiting message goes back into the composer of its room. */
  edit(id: CommandId, audience: Audience): void
  /** Something would be lost if the page were closed now. */
  atRisk(): boolean
}

export function createTalkStore(client: Pick<CaseClient, 'put' | 'store' | 'outbox' | 'storage'>): TalkStore {
  const { state, subscribe, set } = createStore<TalkState>({ guard: GUARD_AT_REST, words: client.storage?.words() ?? {} })

  function change(next: Partial<TalkState>) {
    const changed = { ...state(), ...next }
    remember(changed)
    set(changed)
  }

  function remember(changed: TalkState) {
    if (!client.storage) return
    const { held, asking } = changed.guard
    const words: Partial<Record<Audience, string>> = { ...changed.words }
    for (const { audience, text } of [...held, ...(asking ? [asking] : [])]) words[audience] = joined(text, words[audience])
    client.storage.rememberWords(Object.fromEntries(Object.entries(words).filter(([, text]) => text !== '')))
  }

  function guard(event: GuardEvent) {
    const { state: next, deliver, giveBack } = guardStep(state().guard, event)
    const words: Partial<Record<Audience, string>> = { ...state().words }
    for (const { audience, text } of giveBack) words[audience] = joined(text, words[audience])
    for (const { audience, text, seen } of deliver) client.put(messagePost, audience, (id) => ({ audience, id, text }), seen)
    change({ guard: next, words })
  }

  const message = (audience: Audience, text: string): PendingMessage => ({ audience, text, seen: client.store.seen(audience) })

  return {
    state,
    subscribe,
    write: (audience, text) => change({ words: { ...state().words, [audience]: text } }),
    carry(from, to) {
      const { words } = state()
      const text = words[from]
      if (text) change({ words: { ...words, [from]: '', [to]: joined(text, words[to]) } })
    },
    press(audience) {
      const text = cleanText('message', state().words[audience] ?? '')
      // what may not pass stays where it was written; the composer says why
      if (text === '' || textProblem('message', text)) return
      change({ words: { ...state().words, [audience]: '' } })
      guard({ type: 'pressed', message: message(audience, text) })
    },
    say: (audience, text) => guard({ type: 'said', message: message(audience, text) }),
    guard,
    edit(id, audience) {
      const text = textOf(client.outbox.discard(id))
      if (text !== '') change({ words: { ...state().words, [audience]: joined(text, state().words[audience]) } })
    },
    atRisk: () =>
      state().guard.held.length > 0 ||
      state().guard.asking !== undefined ||
      client.outbox.entries().some(({ state: { kind } }) => kind !== 'stored'),
  }
}

function joined(first: string, second: string | undefined): string {
  return second ? `${first}\n${second}` : first
}
