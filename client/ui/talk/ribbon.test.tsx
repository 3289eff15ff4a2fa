// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { SIDE_HUES, sideHue, type Who } from '#client/ui/base/who.ts'
import { Ribbon } from './Ribbon.tsx'

afterEach(cleanup)

function look(who: Who) {
  const { container, unmount } = render(<Ribbon who={who}>Words</Ribbon>)
  const ribbon = container.firstElementChild
  const seen = {
    who: ribbon?.getAttribute('data-who'),
    private: ribbon?.hasAttribute('data-private'),
    icon: ribbon?.querySelector('svg')?.getAttribute('data-name'),
  }
  unmount()
  return seen
}

describe('colour says who, and never colour alone', () => {
  it('[UI-3] the joint ribbon is tinted with people, every private one filled with a lock, notes have a sheet', () => {
    expect(look('joint')).toEqual({ who: 'joint', private: false, icon: 'people' })
    for (const who of [...SIDE_HUES, 'mediators'] as const) expect(look(who)).toEqual({ who, private: true, icon: 'lock' })
    expect(look('group')).toEqual({ who: 'group', private: true, icon: 'door' })
    expect(look('self')).toEqual({ who: 'self', private: true, icon: 'note' })
  })

  it('[UI-3] a side keeps one hue, and the sixth begins anew', () => {
    expect([0, 1, 4, 5].map(sideHue)).toEqual(['a', 'b', 'e', 'a'])
  })
})
