import { describe, expect, it } from 'vitest'
import { createStore } from './create-store.ts'

describe('a store', () => {
  it('[UI-27] tells whoever listens once for each change, and nobody of the same value', () => {
    const store = createStore('first')
    const heard: string[] = []
    const stop = store.subscribe(() => heard.push(store.state()))
    store.set('second')
    store.set('second')
    stop()
    store.set('third')
    expect(heard).toEqual(['second'])
    expect(store.state()).toBe('third')
  })

  it('[UI-27] tells nobody who has stopped listening meanwhile', () => {
    const store = createStore(0)
    const heard: string[] = []
    const stops = [
      store.subscribe(() => {
        heard.push('one')
        for (const stop of stops) stop()
      }),
      store.subscribe(() => heard.push('two')),
    ]
    store.set(1)
    expect(heard).toEqual(['one'])
  })
})
