// @vitest-environment jsdom
import { cleanup, render, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { RARE_ICON_SHAPES } from '#client/ui/rare-icon-shapes.ts'
import { Icon } from './Icon.tsx'
import { ICON_SHAPES, type IconName } from './icon-shapes.ts'

afterEach(cleanup)

const shapeOf = (name: IconName) => {
  const { container } = render(<Icon name={name} />)
  return () => container.querySelector('path')?.getAttribute('d')
}

it('[UI-60] an icon of every screen is there at once; one of few screens keeps its place and comes by itself', async () => {
  expect(shapeOf('check')()).toBe(ICON_SHAPES.check)
  const rare = shapeOf('qr')
  expect(rare()).toBeFalsy()
  await waitFor(() => expect(rare()).toBe(RARE_ICON_SHAPES.qr))
  expect(shapeOf('print')()).toBe(RARE_ICON_SHAPES.print)
})
