// Everything the kit can draw, for judging by eye and by axe. Only in the dev server; `?part=room` shows the room at full height.
import { useState } from 'react'
import { ComponentsShown } from './ComponentsShown.tsx'
import { FormsShown } from './FormsShown.tsx'
import { JoinShown } from './JoinShown.tsx'
import { RoomShown } from './RoomShown.tsx'
import { SignShown } from './SignShown.tsx'

export function Gallery() {
  const [part] = useState(() => new URLSearchParams(window.location.search).get('part'))
  if (part === 'room') return <RoomShown />
  if (part === 'forms') return <FormsShown />
  if (part === 'join') return <JoinShown />
  if (part === 'sign') return <SignShown />
  return <ComponentsShown />
}
