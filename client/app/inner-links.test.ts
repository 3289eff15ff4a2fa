// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { followInnerLinks } from './inner-links.ts'

it('[JOI-35] a plain click on an inner link changes the page without loading it; everything else is left to the browser', () => {
  const gone: string[] = []
  const stop = followInnerLinks(document, (path) => gone.push(path))
  // what is left to the browser must not make jsdom complain that it cannot navigate
  const leave = (event: Event) => event.preventDefault()
  window.addEventListener('click', leave)
  document.body.innerHTML = `
    <a id="in" href="/office"><b>x</b></a> <a id="out" href="https://b.kz/">x</a> <a id="other" href="//b.kz/x">x</a>
    <a id="file" href="/api/x" download>x</a> <a id="tab" href="/verify" target="_blank">x</a> <a id="skip" href="#content">x</a>`
  const click = (id: string, how: MouseEventInit = {}) =>
    document.getElementById(id)?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...how }))
  document.querySelector('b')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  click('in', { ctrlKey: true })
  for (const id of ['out', 'other', 'file', 'tab', 'skip']) click(id)
  expect(gone).toEqual(['/office'])
  stop()
  click('in')
  expect(gone).toEqual(['/office'])
  window.removeEventListener('click', leave)
})
