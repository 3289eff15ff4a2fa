// Before one is heard: who hears, how the sound travels, whether the microphone works. Nothing is opened, joined or paused before the press.

import { useState } from 'react'
import { MicrophoneFault } from '#client/calls/MicrophoneFault.tsx'
import { type Numbers, Telephone } from '#client/calls/Telephone.tsx'
import { useHearingWords } from '#client/calls/talking/use-hearing-words.ts'
import { useCallSession, useCallsHere, useJointCall, useOwnCall } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { holdCallAct } from '#shared/calls/calls-acts.ts'
import { callOpen, callPause, callResume } from '#shared/calls/calls-protocol.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { MicrophoneTestField } from './MicrophoneTestField.tsx'
import { PauseFirst } from './PauseFirst.tsx'
import { useMicrophoneTest } from './use-microphone-test.ts'
import '#client/calls/calls.css'
import '#client/calls/reasons.ts'

interface EnterCallProps extends Numbers {
  readonly room: RoomView
  /** Of the call that this device is in, where it is in one. */
  readonly otherRoom: string | undefined
  readonly onClose: () => void
}

/** What stands before joining. */
type First = 'open' | 'resume' | 'pause' | undefined

const FIRST = { open: callOpen, resume: callResume, pause: callPause } as const

export function EnterCall({ room, otherRoom, phones, onClose }: EnterCallProps) {
  const t = useTexts()
  const session = useCallSession()
  const own = useOwnCall()
  const { look } = useCallsHere()
  const hearing = useHearingWords(room)
  const test = useMicrophoneTest(session.tools)
  const first = useFirst(room)
  const command = useCommand()
  const [problem, setProblem] = useState<ShownProblem>()
  const [joining, setJoining] = useState(false)
  const joint = room.audience === 'all'
  const way = joint ? look?.joint : look?.apart

  async function enter(listening = false): Promise<boolean> {
    setProblem(undefined)
    if (!listening && !test.isOpen && !(await test.open())) return false
    setJoining(true)
    try {
      if (first && !(await command.run(FIRST[first], {}))) return false
      const refused = await session.enter(room.audience, listening ? undefined : test.handOver())
      setProblem(refused)
      return refused === undefined
    } finally {
      setJoining(false)
    }
  }

  const title = t(joint ? 'calls.enter.title.joint' : 'calls.enter.title.apart')
  const about = (
    <Ribbon who={room.who} more={first === 'open' ? t('calls.enter.opens') : undefined}>
      {hearing}
    </Ribbon>
  )
  return (
    <ConfirmDialog
      title={title}
      kind="who"
      who={room.who}
      icon="mic"
      confirm={t(first ? `calls.enter.do.${first}` : 'calls.enter.do')}
      busy={test.asking || joining || command.busy}
      disabled={way === 'none'}
      problem={command.problem ?? problem}
      act={() => enter()}
      onClose={onClose}
    >
      {about}
      {first === 'pause' && <PauseFirst />}
      {first !== 'pause' && otherRoom && own.kind === 'in' && own.audience !== room.audience && (
        <p>{t('calls.enter.stops-other', { room: otherRoom })}</p>
      )}
      {way === 'none' ? (
        <>
          <p>{t('calls.enter.way.none')}</p>
          <Telephone phones={phones} />
        </>
      ) : (
        <>
          <MicrophoneTestField test={test} />
          {test.fault && (
            <>
              <MicrophoneFault fault={test.fault} phones={phones} />
              <Button
                onClick={() => {
                  void enter(true).then((done) => done && onClose())
                }}
              >
                {t('calls.enter.listen')}
              </Button>
            </>
          )}
          <Muted small>
            {t('calls.enter.recorded')} {way && t(`calls.enter.way.${way}`)}
          </Muted>
        </>
      )}
    </ConfirmDialog>
  )
}

/** A mediator opens, resumes, or pauses the joint call with the same press. */
function useFirst({ audience }: RoomView): First {
  const { me } = useCase()
  const { stage, holds } = useJointCall()
  if (audience !== 'all') return stage === 'running' && mayAtAll(me, holdCallAct, 'all') ? 'pause' : undefined
  if (!holds) return undefined
  return stage === 'closed' ? 'open' : stage === 'paused' ? 'resume' : undefined
}
