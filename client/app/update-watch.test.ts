import { describe, expect, it, vi } from 'vitest'
import { watchUpdates, withoutUpdates } from './update-watch.ts'

const timers = { after: () => () => undefined }

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
    const updates = watchUpdates(container, { start: Promise.resolve(), reload, timers })
    updates.subscribe(told)
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith(true))
    container.dispatchEvent(new Event('controllerchange'))
    expect([worker.postMessage.mock.calls.length, reload.mock.calls.length]).toEqual([0, 0])
    updates.take()
    await vi.waitFor(() => expect(worker.postMessage).toHaveBeenCalled())
    expect(worker.postMessage).toHaveBeenCalledWith('take-over')
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it('[UI-41] the first worker of a device is no update', async () => {
    const { container } = fakeContainer({ controlled: false, waiting: true })
    const told = vi.fn()
    watchUpdates(container, { start: Promise.resolve(), reload: vi.fn(), timers }).subscribe(told)
    await vi.waitFor(() => expect(container.register).toHaveBeenCalled())
    await container.register.mock.results[0]?.value
    expect(told).not.toHaveBeenCalled()
  })

  /** Reloaded while the old worker answers, an old page is an old page again. */
  function withRegistration(found: { installing?: object; waiting?: object } | undefined) {
    const { container } = fakeContainer({ controlled: true, waiting: false })
    const registration = found && { installing: null, waiting: null, ...found, update: vi.fn(async () => undefined) }
    return Object.assign(container, { getRegistration: async () => registration })
  }
  const installingWorker = () => Object.assign(new EventTarget(), { state: 'installing', postMessage: vi.fn() })

  it('[UI-82] reloading by hand looks for a newer version first, and takes it once it is installed', async () => {
    const worker = installingWorker()
    const container = withRegistration({ installing: worker })
    const reload = vi.fn()
    const updates = watchUpdates(container, { start: new Promise(() => undefined), reload, timers })
    const listened = vi.spyOn(worker, 'addEventListener')
    updates.take()
    await vi.waitFor(() => expect(listened).toHaveBeenCalled())
    expect(worker.postMessage).not.toHaveBeenCalled()
    worker.state = 'installed'
    worker.dispatchEvent(new Event('statechange'))
    await vi.waitFor(() => expect(worker.postMessage).toHaveBeenCalledWith('take-over'))
    expect(reload).not.toHaveBeenCalled()
    container.dispatchEvent(new Event('controllerchange'))
    expect(reload).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['there is none', () => withRegistration({})],
    ['there is no worker', () => withRegistration(undefined)],
    [
      'nobody can be asked',
      () =>
        Object.assign(fakeContainer({ controlled: true, waiting: false }).container, {
          getRegistration: () => Promise.reject(new Error()),
        }),
    ],
  ])('[UI-82] reloading by hand reloads at once when %s', async (_what, containerOf) => {
    const reload = vi.fn()
    watchUpdates(containerOf(), { start: new Promise(() => undefined), reload, timers }).take()
    await vi.waitFor(() => expect(reload).toHaveBeenCalledTimes(1))
  })

  it('[UI-82] a newer version that does not come is not waited for without end', async () => {
    const reload = vi.fn()
    let over: () => void = () => undefined
    const patience = {
      after: (_milliseconds: number, run: () => void) => {
        over = run
        return () => undefined
      },
    }
    watchUpdates(withRegistration({ installing: installingWorker() }), {
      start: new Promise(() => undefined),
      reload,
      timers: patience,
    }).take()
    over()
    expect(reload).toHaveBeenCalledTimes(1)
    const plain = vi.fn()
    withoutUpdates(plain).take()
    expect(plain).toHaveBeenCalledTimes(1)
  })
})
