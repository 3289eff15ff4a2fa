// Topics in order, moved by buttons: with a finger, a mouse and the keyboard alike. Focus stays with what moved, and each move is said.
import { useLayoutEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'

type Way = 'up' | 'down'

interface TopicListProps {
  readonly topics: readonly string[]
  readonly order: readonly number[]
  readonly onChange: (order: readonly number[]) => void
}

export function TopicList({ topics, order, onChange }: TopicListProps) {
  const t = useTexts()
  const list = useRef<HTMLOListElement>(null)
  const [moved, setMoved] = useState<{ readonly topic: number; readonly way: Way }>()
  // a browser lets go of the focus of whatever is put elsewhere
  useLayoutEffect(() => {
    if (moved) list.current?.querySelector<HTMLElement>(`[data-move="${moved.topic}-${moved.way}"]`)?.focus()
  }, [moved])
  const move = (place: number, way: Way) => {
    const topic = order[place]
    const next = place + (way === 'up' ? -1 : 1)
    if (topic === undefined || next < 0 || next >= order.length) return
    onChange(order.toSpliced(place, 1).toSpliced(next, 0, topic))
    setMoved({ topic, way })
  }
  return (
    <>
      <ol ref={list} className="waiting-order">
        {order.map((topic, place) => (
          <li key={topic}>
            <span>{topics[topic]}</span>
            {(['up', 'down'] as const).map((way) => (
              <button
                key={way}
                type="button"
                className="waiting-move"
                data-move={`${topic}-${way}`}
                data-way={way}
                aria-label={t(`waiting.task.${way}`, { topic: topics[topic] ?? '' })}
                aria-disabled={place === (way === 'up' ? 0 : order.length - 1) || undefined}
                onClick={() => move(place, way)}
              >
                <Icon name="down" />
              </button>
            ))}
          </li>
        ))}
      </ol>
      <p className="ui-hidden" role="status">
        {moved && t('waiting.task.moved', { topic: topics[moved.topic] ?? '', place: order.indexOf(moved.topic) + 1 })}
      </p>
    </>
  )
}
