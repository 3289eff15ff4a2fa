// On one connection one request after the other. What is asked for before the last answer has gone would have to be made and kept: a
// thousand files for sixty kilobytes of questions, and of a connection that goes Node never tells the answers that were still waiting.
// No browser and no usual proxy asks so.
import type { RequestListener, ServerResponse } from 'node:http'

export function oneAtATime(answer: RequestListener): RequestListener {
  const last = new WeakMap<object, ServerResponse>()
  return (request, response) => {
    const { socket } = request
    if (last.get(socket)?.closed === false) {
      socket.destroy()
      return
    }
    last.set(socket, response)
    answer(request, response)
  }
}
