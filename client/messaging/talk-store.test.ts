import { describe, expect, it } from 'vitest'
import { createTalkStore, type TalkStore } from './talk-store.ts'

function setUp() {
  const sent: string[] = []
  const store: TalkStore = createTalkStore({
    put: (_definition, _audience, input) => {
      const id = 'n'.repeat(22) as Parameters<typeof input>[0]
      sent.push((input(id) as unknown as { text: string }).text) // the talk puts messages alone
      return id
    },
    store: { seen: () => undefined } as never, // nothing else of it is asked
    outbox: { entries: () => [] } as never, // nothing else of it is asked
    storage: undefined,
  })
  store.guard({ type: 'entered', room: 'all', alone: true })
  const say = (text: string) => {
    store.write('all', text)
    store.press('all')
  }
  return { store, sent, say }
}

describe('what a person says', () => {
  it('[CHR-11] goes out cleaned: a heart stays a heart, what a clipboard added is gone', () => {
    const { sent, say } = setUp()
    say('Спасибо ❤️\u200b')
    say('Звоните: \u202a+7 700 000 00 00\u202c')
    say('семья 👨‍👩‍👧')
    expect(sent).toEqual(['Спасибо ❤️', 'Звоните: +7 700 000 00 00', 'семья 👨‍👩‍👧'])
  })

  it('[CHR-11] stays in its field, word for word, while a character in it may not pass; the next words are not held up', () => {
    const { store, sent, say } = setUp()
    say('сумма \u202e000 1')
    say(`а${'\u0335'.repeat(10)}`)
    say('\u2800')
    expect(sent).toEqual([])
    expect(store.state().words.all).toBe('\u2800')
    say('Согласны на 500.')
    expect(sent).toEqual(['Согласны на 500.'])
  })
})
