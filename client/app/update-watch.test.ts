import { describe, expect, it, vi } from 'vitest'
import { watchUpdates } from './update-watch.ts'

function fakeContainer(state: { controlled: boolean; waiting: boolean }) {
  const worker = { postMessage: vi.fn() }
  const container = Object.assign(new EventTarget(), {
    controller: state.controlled ? {} : null,
    register: vi.fn(async () => Object.assign(new EventTarget(), { waiting: state.waiting ? worker : null, installing: null })),
  })
  // only what watchUpdates touches of the browser's container
  return { worker, container: container as unknown as ServiceWorkerContainer & typeof container }
}

describe('a newer version', () => {
  it('[UI-41] is told, taken only when asked, and the page reloads once it has taken over', async () => {
    const { container, worker } = fakeContainer({ controlled: true, waiting: true })
    const [reload, told] = [vi.fn(), vi.fn()]
    const updates = watchUpdates(container, { start: Promise.resolve(), reload })
    updates.subscribe(told)
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith(true))
    container.dispatchEvent(new Event('controllerchange'))
    expect([worker.postMessage.mock.calls.length, reload.mock.calls.length]).toEqual([0, 0])
    updates.take()
    expect(worker.postMessage).toHaveBeenCalledWith('take-over')
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it('[UI-41] the first worker of a device is no update', async () => {
    const { container } = fakeContainer({ controlled: false, waiting: true })
    const told = vi.fn()
    watchUpdates(container, { start: Promise.resolve(), reload: vi.fn() }).subscribe(told)
    await vi.waitFor(() => expect(container.register).toHaveBeenCalled())
    await container.register.mock.results[0]?.value
    expect(told).not.toHaveBeenCalled()
  })
})
