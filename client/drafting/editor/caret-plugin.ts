// Other people's carets: one letter and a side's colour, drawn by the name that the case gives. They fade after some seconds for
// everybody alike, so that a caret hides no figure and its going away tells nothing.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { Who } from '#client/ui/base/who.ts'
import type { CaretMove, CaretNotice } from '#shared/drafting/draft-wire.ts'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

export interface CaretPerson {
  readonly name: string
  readonly letter: string
  readonly who: Who
}

export interface CaretDeps {
  readonly timers: Timers
  readonly send: (move: CaretMove) => void
  readonly onCaret: (listener: (notice: CaretNotice) => void) => () => void
  readonly personOf: (id: ParticipantId) => CaretPerson | undefined
}

const VISIBLE_FOR = 5_000
const SEND_EVERY = 150
const key = new PluginKey<ReadonlyMap<string, CaretNotice>>('draftCarets')

interface SyncState {
  readonly type: Y.XmlFragment
  readonly doc: Y.Doc
  readonly binding: { readonly mapping: Map<Y.AbstractType<unknown>, never> } | null
}

export function draftCarets(deps: CaretDeps) {
  return Extension.create({
    name: 'draftCarets',
    addProseMirrorPlugins: () => [caretPlugin(deps)],
  })
}

function caretPlugin({ timers, send, onCaret, personOf }: CaretDeps): Plugin {
  return new Plugin<ReadonlyMap<string, CaretNotice>>({
    key,
    state: {
      init: () => new Map(),
      apply: (tr, carets) => tr.getMeta(key) ?? carets,
    },
    props: {
      decorations(state) {
        const sync = ySyncPluginKey.getState(state) as SyncState | undefined // the plugin's own state has no types
        const carets = key.getState(state)
        if (!sync?.binding || !carets || carets.size === 0) return DecorationSet.empty
        const decorations: Decoration[] = []
        for (const [id, notice] of carets) {
          const person = personOf(notice.participantId)
          const at = person && position(sync, notice.head)
          if (!person || at === undefined || at > state.doc.content.size) continue
          decorations.push(
            Decoration.widget(at, () => caretElement(person), { key: `${id}|${notice.head}`, side: 10, ignoreSelection: true }),
          )
        }
        return DecorationSet.create(state.doc, decorations)
      },
    },
    view(view) {
      const fading = new Map<string, () => void>()
      const show = (change: (carets: Map<string, CaretNotice>) => void) => {
        // A redraw in the middle of a word that is being composed (Kazakh and Android keyboards) would break it.
        if (view.isDestroyed || view.composing) return
        const carets = new Map(key.getState(view.state))
        change(carets)
        view.dispatch(view.state.tr.setMeta(key, carets).setMeta('addToHistory', false))
      }
      const stop = onCaret((notice) => {
        const id = `${notice.participantId}|${notice.device}`
        fading.get(id)?.()
        fading.set(
          id,
          timers.after(VISIBLE_FOR, () => show((carets) => carets.delete(id))),
        )
        show((carets) => carets.set(id, notice))
      })
      let cancelSend: (() => void) | undefined
      return {
        update(current, before) {
          if (current.state.selection.eq(before.selection) || !current.hasFocus() || !current.editable || cancelSend) return
          cancelSend = timers.after(SEND_EVERY, () => {
            cancelSend = undefined
            const move = moveOf(current)
            if (move) send(move)
          })
        },
        destroy() {
          stop()
          cancelSend?.()
          for (const cancel of fading.values()) cancel()
        },
      }
    },
  })
}

function moveOf(view: EditorView): CaretMove | undefined {
  if (view.isDestroyed) return undefined
  const sync = ySyncPluginKey.getState(view.state) as SyncState | undefined // as above
  if (!sync?.binding) return undefined
  const { mapping } = sync.binding
  const { anchor, head } = view.state.selection
  const encode = (at: number) => base64(Y.encodeRelativePosition(absolutePositionToRelativePosition(at, sync.type, mapping)))
  return { anchor: encode(anchor), head: encode(head) }
}

function position(sync: SyncState, encoded: string): number | undefined {
  try {
    const relative = Y.decodeRelativePosition(fromBase64(encoded))
    return relativePositionToAbsolutePosition(sync.doc, sync.type, relative, sync.binding?.mapping ?? new Map()) ?? undefined
  } catch {
    return undefined // points into text that is not here (yet)
  }
}

function caretElement({ name, letter, who }: CaretPerson): HTMLElement {
  const caret = document.createElement('span')
  caret.className = 'draft-caret'
  caret.dataset.who = who
  caret.title = name
  caret.setAttribute('aria-hidden', 'true')
  const label = document.createElement('i')
  label.textContent = letter
  caret.append(label)
  return caret
}
