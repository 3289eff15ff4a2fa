// Other people's carets: one letter and a side's colour, drawn by the name that the case gives. They fade after some seconds for
// everybody alike, so that a caret hides no figure and its going away tells nothing.
import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { Who } from '#client/ui/base/who.ts'
import { bindingOf, isFromShared } from '#shared/document/binding/text-binding.ts'
import type { CaretMove, CaretNotice } from '#shared/drafting/draft-wire.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'

interface CaretPerson {
  readonly name: string
  readonly letter: string
  readonly who: Who
}

/** Both ends of what is selected. */
export type CaretEnds = Pick<CaretMove, 'anchor' | 'head'>

interface CaretDeps {
  readonly timers: Timers
  readonly send: (move: CaretEnds) => void
  readonly onCaret: (listener: (notice: CaretNotice) => void) => () => void
  readonly personOf: (id: ParticipantId) => CaretPerson | undefined
}

const VISIBLE_FOR = 5_000
const SEND_EVERY = 150

interface Caret {
  readonly notice: CaretNotice
  /** Moves with the letters around it; undefined while it points into text that is not here yet. */
  readonly at: number | undefined
}
type Carets = ReadonlyMap<string, Caret>

const key = new PluginKey<Carets>('draftCarets')

export function draftCarets(deps: CaretDeps) {
  return Extension.create({
    name: 'draftCarets',
    addProseMirrorPlugins: () => [caretPlugin(deps)],
  })
}

function caretPlugin({ timers, send, onCaret, personOf }: CaretDeps): Plugin {
  return new Plugin<Carets>({
    key,
    state: {
      init: () => new Map(),
      apply: (tr, carets, before) => tr.getMeta(key) ?? (tr.docChanged && carets.size > 0 ? moved(tr, carets, before) : carets),
    },
    props: {
      decorations(state) {
        const decorations: Decoration[] = []
        for (const [id, { notice, at }] of key.getState(state) ?? []) {
          const person = personOf(notice.participantId)
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
      const show = (change: (carets: Map<string, Caret>) => void) => {
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
        show((carets) => carets.set(id, { notice, at: bindingOf(view.state)?.toAbsolute(notice.head) }))
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

function moved(tr: Transaction, carets: Carets, before: EditorState): Carets {
  const place = ({ notice, at }: Caret) => {
    if (at !== undefined) return tr.mapping.map(at)
    return isFromShared(tr) ? bindingOf(before)?.toAbsolute(notice.head) : undefined
  }
  return new Map([...carets].map(([id, caret]) => [id, { notice: caret.notice, at: place(caret) }]))
}

function moveOf(view: EditorView): CaretEnds | undefined {
  const binding = view.isDestroyed ? undefined : bindingOf(view.state)
  const anchor = binding?.toRelative(view.state.selection.anchor)
  const head = binding?.toRelative(view.state.selection.head)
  return anchor !== undefined && head !== undefined ? { anchor, head } : undefined
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
