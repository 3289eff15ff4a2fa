// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, MED, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { directAudience } from '#shared/kernel/audience.ts'
import { SaidByMediator } from './SaidByMediator.tsx'
import { layOut } from './testing/lay-out.ts'

afterEach(cleanup)

const t = testTranslate('en')
const line = directAudience(AIGUL)

describe('the mediator’s words in the waiting room', () => {
  it('[UI-107] stand there, the last of them, and are read once they were seen; one’s own do not', async () => {
    layOut()
    const world = smallCase().enter(AIGUL).confirm(AIGUL).say(AIGUL, line, 'Жду.')
    const { told, timePasses, sent } = renderCase(world, AIGUL, <SaidByMediator audience={line} />)
    expect(screen.queryByText(t('rooms.waiting.said'))).toBeNull()
    world.say(MED, line, 'Начнём через десять минут.')
    await told()
    screen.getByText('Начнём через десять минут.', { exact: false })
    expect(screen.queryByText('Жду.', { exact: false })).toBeNull()
    await expect
      .poll(async () => {
        await timePasses(10_000)
        return sent.length
      })
      .toBe(1)
  })
})
