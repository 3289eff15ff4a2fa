// What somebody is about to put into a field, so that it can be done a moment later as the browser would have done it: into a field by its
// own editing (it can be undone), into the draft by the same event once more, which its editor then reads as ever.

export interface Insertion {
  readonly text: string
  /** What stands in the field already. */
  readonly textThere: string
  insert(): void
}

/** Events that were asked about already. */
const passing = new WeakSet<Event>()
let carriedFrom: Element | null = null

/** Remembers where something that is dragged comes from: words moved within one field are put nowhere new. */
export function carriedBy(page: Document): () => void {
  const begin = ({ target }: Event) => {
    carriedFrom = elementOf(target)
  }
  const end = () => {
    carriedFrom = null
  }
  page.addEventListener('dragstart', begin, true)
  page.addEventListener('dragend', end, true)
  return () => {
    page.removeEventListener('dragstart', begin, true)
    page.removeEventListener('dragend', end, true)
  }
}

/** Undefined for what goes elsewhere, was asked about, or holds no words. */
export function insertionOf(event: ClipboardEvent | DragEvent, where: string): Insertion | undefined {
  const target = elementOf(event.target)
  const within = target?.closest(where)
  const isDrop = 'dataTransfer' in event
  const data = isDrop ? event.dataTransfer : event.clipboardData
  if (!target || !within || !data || passing.has(event)) return undefined
  if (isDrop && carriedFrom && within.contains(carriedFrom)) return undefined
  const text = data.getData('text/plain')
  if (text === '') return undefined
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)
    return { text, textThere: target.value, insert: intoField(target, text) }
  return { text, textThere: within.textContent ?? '', insert: intoEditor(event, target, data) }
}

function intoField(field: HTMLTextAreaElement | HTMLInputElement, text: string): () => void {
  const { selectionStart, selectionEnd } = field
  return () => {
    field.focus()
    field.setSelectionRange(selectionStart, selectionEnd)
    if (field.ownerDocument.execCommand?.('insertText', false, text)) return
    field.setRangeText(text, selectionStart ?? field.value.length, selectionEnd ?? field.value.length, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/** What an event carries is gone once it is over: it is copied now. */
function intoEditor(event: ClipboardEvent | DragEvent, target: Element, data: DataTransfer): () => void {
  const kept = new DataTransfer()
  for (const type of data.types) if (type !== 'Files') kept.setData(type, data.getData(type))
  const more = { bubbles: true, cancelable: true, composed: true }
  const place = 'clientX' in event ? { clientX: event.clientX, clientY: event.clientY } : undefined
  const editor = target.closest<HTMLElement>('[contenteditable="true"]')
  return () => {
    editor?.focus()
    const again = place
      ? new DragEvent('drop', { ...more, ...place, dataTransfer: kept })
      : new ClipboardEvent('paste', { ...more, clipboardData: kept })
    passing.add(again)
    ;(target.isConnected ? target : (editor ?? target)).dispatchEvent(again)
  }
}

function elementOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target : target instanceof Node ? target.parentElement : null
}
