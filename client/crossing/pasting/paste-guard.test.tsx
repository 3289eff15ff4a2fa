// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { renderCase } from '#client/app/testing/shown-case.tsx'
import { AIGUL, BEREKE, MED, smallCase } from '#client/app/testing/small-case.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { addDialog } from '#client/ui/frame/dialog-testing.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { PasteGuard } from './PasteGuard.tsx'

beforeAll(addDialog)
afterEach(cleanup)

const t = testTranslate('en')
const source = sideAudience(BEREKE)
const SECRET = 'Если подождёте до мая, мы согласны и на миллион'
const JOINT = 'Мы предлагаем начать с поставки зерна в ноябре'

function Fields() {
  const [text, write] = useState('Добрый день. ')
  const [other, writeOther] = useState('')
  return (
    <>
      <div className="for-all">
        <textarea aria-label="joint" value={text} onChange={(event) => write(event.target.value)} />
      </div>
      <textarea aria-label="private" value={other} onChange={(event) => writeOther(event.target.value)} />
      <PasteGuard where=".for-all" />
    </>
  )
}

function shown(): ReturnType<typeof renderCase> {
  const world = smallCase().join(MED, 'all', source).enter(AIGUL).confirm(AIGUL).join(AIGUL, 'all', source)
  world.say(AIGUL, source, SECRET).say(AIGUL, 'all', JOINT)
  return renderCase(world, AIGUL, <Fields />)
}

const field = (label: string) => screen.getByRole('textbox', { name: label }) as HTMLTextAreaElement

/** True where the browser goes on and pastes by itself. */
async function brings(kind: 'paste' | 'drop', label: string, text: string): Promise<boolean> {
  const data = { getData: (type: string) => (type === 'text/plain' ? text : ''), types: ['text/plain'] }
  const event = new Event(kind, { bubbles: true, cancelable: true })
  Object.defineProperty(event, kind === 'paste' ? 'clipboardData' : 'dataTransfer', { value: data })
  const area = field(label)
  area.focus()
  area.setSelectionRange(area.value.length, area.value.length)
  let passes = false
  await act(async () => {
    passes = area.dispatchEvent(event)
  })
  return passes
}

describe('words of a private room, pasted where all read', () => {
  it.each(['paste', 'drop'] as const)('[CRO-40] %s: asks before they stand there; "no" leaves everything as it was', async (kind) => {
    const { sent } = shown()
    expect(await brings(kind, 'joint', SECRET)).toBe(false)
    screen.getByText(t('crossing.paste.words', { room: t('crossing.paste.mediator') }))
    await act(async () => fireEvent.click(screen.getByRole('button', { name: t('crossing.paste.keep') })))
    expect(field('joint').value).toBe('Добрый день. ')
    expect(sent).toEqual([])
  })

  it('[CRO-40] agreed to, they are put where one was writing, and are not asked about again', async () => {
    shown()
    await brings('paste', 'joint', SECRET)
    await act(async () => fireEvent.click(screen.getByRole('button', { name: t('crossing.paste.do') })))
    expect(field('joint').value).toBe(`Добрый день. ${SECRET}`)
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(await brings('paste', 'joint', SECRET)).toBe(true)
  })

  it('[CRO-40] what all have read, other words, and a field that not all read are not asked about', async () => {
    shown()
    expect(await brings('paste', 'joint', JOINT)).toBe(true)
    expect(await brings('paste', 'joint', 'совсем другие слова, которых никто ещё не говорил')).toBe(true)
    expect(await brings('paste', 'private', SECRET)).toBe(true)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
