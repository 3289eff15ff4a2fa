// Other people's carets: a line in the text and one letter in the margin, in a side's colour, drawn by the name that the case gives. They
// lie in a layer over the text and take no part in it: nothing that another does moves a word, or is heard by a word that is being
// composed. They fade after some seconds for everybody alike, so that their going away tells nothing.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Who } from '#client/ui/base/who.ts'
import { bindingOf } from '#shared/document/binding/text-binding.ts'
import type { CaretMove, CaretNotice } from '#shared/drafting/draft-wire.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { placeCaret } from './caret-place.ts'

interface CaretPerson {
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
  /** What lies over the text, as large as it; nothing before it is on the screen. */
  readonly layer: () => HTMLElement | null
}

const VISIBLE_FOR = 5_000
const SEND_EVERY = 150

export function draftCarets(deps: CaretDeps) {
  return Extension.create({
    name: 'draftCarets',
    addProseMirrorPlugins: () => [new Plugin({ view: () => sendCaret(deps) }), new Plugin({ view: (view) => showCarets(view, deps) })],
  })
}

function sendCaret({ timers, send }: CaretDeps) {
  let cancel: (() => void) | undefined
  return {
    update(current: EditorView, before: EditorView['state']) {
      if (current.state.selection.eq(before.selection) || !current.hasFocus() || !current.editable || cancel) return
      cancel = timers.after(SEND_EVERY, () => {
        cancel = undefined
        const move = moveOf(current)
        if (move) send(move)
      })
    },
    destroy: () => cancel?.(),
  }
}

interface Caret {
  readonly notice: CaretNotice
  readonly element: HTMLElement
  readonly stopFading: () => void
}

function showCarets(view: EditorView, { timers, onCaret, personOf, layer }: CaretDeps) {
  const carets = new Map<string, Caret>()
  const remove = (id: string) => {
    carets.get(id)?.stopFading()
    carets.get(id)?.element.remove()
    carets.delete(id)
  }
  const place = () => {
    const [over, binding] = [layer(), bindingOf(view.state)]
    if (carets.size === 0 || !over || view.isDestroyed) return
    // found anew each time: it stays among its letters, and may point into text that is only now here
    const shown = [...carets.values()].map(({ notice, element }) => ({ element, at: binding?.toAbsolute(notice.head) }))
    placeCaret(view, over, shown)
  }
  const stop = onCaret((notice) => {
    const id = `${notice.participantId}|${notice.device}`
    const person = personOf(notice.participantId)
    remove(id)
    if (!person || view.isDestroyed) return
    carets.set(id, { notice, element: caretElement(person), stopFading: timers.after(VISIBLE_FOR, () => remove(id)) })
    place()
  })
  const stopWatching = watchLayout(view.dom, place)
  return {
    update: place,
    destroy() {
      stop()
      stopWatching()
      for (const id of [...carets.keys()]) remove(id)
    },
  }
}

/** Another width, another size of letters, a font that has come: the words stand elsewhere. */
function watchLayout(dom: HTMLElement, changed: () => void): () => void {
  if (typeof ResizeObserver === 'undefined') return () => undefined
  const observer = new ResizeObserver(changed)
  observer.observe(dom)
  const { fonts } = document
  fonts.addEventListener('loadingdone', changed)
  return () => {
    observer.disconnect()
    fonts.removeEventListener('loadingdone', changed)
  }
}

function moveOf(view: EditorView): CaretEnds | undefined {
  const binding = view.isDestroyed ? undefined : bindingOf(view.state)
  const anchor = binding?.toRelative(view.state.selection.anchor)
  const head = binding?.toRelative(view.state.selection.head)
  return anchor !== undefined && head !== undefined ? { anchor, head } : undefined
}

function caretElement({ letter, who }: CaretPerson): HTMLElement {
  const caret = document.createElement('div')
  caret.className = 'draft-caret'
  caret.dataset.who = who
  const label = document.createElement('i')
  label.textContent = letter
  caret.append(document.createElement('span'), label)
  return caret
}
