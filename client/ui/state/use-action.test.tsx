// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { useAction } from './use-action.ts'

afterEach(cleanup)

/** Answers whatever is under way, the oldest first. */
const answers: ((refused?: ShownProblem) => void)[] = []
const answer = (refused?: ShownProblem) => act(async () => answers.shift()?.(refused))

function Screen() {
  const { busy, problem, run, clear } = useAction()
  return (
    <>
      <button type="button" onClick={() => void run(() => new Promise((resolve) => answers.push(resolve)))}>
        Send
      </button>
      <button type="button" onClick={clear}>
        Put away
      </button>
      <p>{busy ? 'under way' : 'at rest'}</p>
      {problem && <p role="alert">{problem.kind}</p>}
    </>
  )
}

describe('an action', () => {
  it('[UI-28] is under way once, however often it is pressed', async () => {
    render(<Screen />)
    fireEvent.click(screen.getByText('Send'))
    fireEvent.click(screen.getByText('Send'))
    expect(screen.getByText('under way')).toBeTruthy()
    expect(answers).toHaveLength(1)
    await answer()
    expect(screen.getByText('at rest')).toBeTruthy()
  })

  it('[UI-28] keeps what it was refused for until the next try, or until it is put away', async () => {
    render(<Screen />)
    fireEvent.click(screen.getByText('Send'))
    await answer({ kind: 'conflict' })
    expect(screen.getByRole('alert').textContent).toBe('conflict')
    fireEvent.click(screen.getByText('Send'))
    expect(screen.queryByRole('alert')).toBeNull()
    await answer({ kind: 'offline' })
    fireEvent.click(screen.getByText('Put away'))
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
