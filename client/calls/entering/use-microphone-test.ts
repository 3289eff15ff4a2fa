// The microphone before a call: opened by a press, heard by nobody, and stopped again unless the call takes it.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CallTools } from '#client/calls/call-tools.ts'
import type { MediaChoice, MediaFault } from '#client/calls/media/media-devices.ts'
import type { SoundLevel } from '#client/calls/media/sound-level.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'

export interface MicrophoneTest {
  readonly asking: boolean
  readonly isOpen: boolean
  readonly fault: MediaFault | undefined
  readonly level: number
  readonly choices: readonly MediaChoice[]
  readonly chosen: string | undefined
  /** Answers whether there is a microphone now. */
  open(id?: string): Promise<boolean>
  /** The call has it from now on. */
  handOver(): MediaStreamTrack | undefined
}

const LOOK_EVERY = 100

export function useMicrophoneTest({ devices, level: levelOf }: Pick<CallTools, 'devices' | 'level'>): MicrophoneTest {
  const { timers } = useCaseClient()
  const held = useRef<{ readonly track: MediaStreamTrack; readonly level: SoundLevel } | undefined>(undefined)
  const over = useRef(false)
  const [state, setState] = useState<Pick<MicrophoneTest, 'asking' | 'isOpen' | 'fault' | 'choices' | 'chosen'>>({
    asking: false,
    isOpen: false,
    fault: undefined,
    choices: [],
    chosen: undefined,
  })
  const [level, setLevel] = useState(0)

  const letGo = useCallback(() => {
    held.current?.level.close()
    held.current = undefined
  }, [])

  useEffect(() => {
    over.current = false
    return () => {
      over.current = true
      held.current?.track.stop()
      letGo()
    }
  }, [letGo])

  useEffect(() => {
    if (!state.isOpen) return
    let cancel = () => {}
    const look = () => {
      setLevel(held.current?.level.now() ?? 0)
      cancel = timers.after(LOOK_EVERY, look)
    }
    look()
    return () => cancel()
  }, [state.isOpen, timers])

  async function open(id?: string): Promise<boolean> {
    setState((before) => ({ ...before, asking: true, fault: undefined }))
    held.current?.track.stop()
    letGo()
    const opened = await devices.microphone(id)
    if (typeof opened === 'string') {
      setState((before) => ({ ...before, asking: false, isOpen: false, fault: opened }))
      return false
    }
    if (over.current) {
      opened.stop()
      return false
    }
    // another was asked for at the same time, and came first
    held.current?.track.stop()
    letGo()
    held.current = { track: opened, level: levelOf(opened) }
    const choices = await devices.choices('audioinput')
    setState({ asking: false, isOpen: true, fault: undefined, choices, chosen: opened.getSettings().deviceId })
    return true
  }

  function handOver(): MediaStreamTrack | undefined {
    const track = held.current?.track
    letGo()
    setState((before) => ({ ...before, isOpen: false }))
    return track
  }

  return { ...state, level, open, handOver }
}
