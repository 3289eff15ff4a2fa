// The rooms of somebody who was let in: people, conversation, draft; for the mediator also the board.
import { useState } from 'react'
import { SharedPhone } from '#client/app/phone/SharedPhone.tsx'
import { useCarriedWords } from '#client/messaging/use-carried-words.ts'
import { CaseBanners } from '#client/rooms/CaseBanners.tsx'
import { OfflineBanner } from '#client/rooms/OfflineBanner.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import type { MenuItem } from '#client/ui/actions/Menu.tsx'
import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { useMedia } from '#client/ui/state/use-media.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { inRoom } from '#shared/rooms/room-state.ts'
import { Alerted } from './Alerted.tsx'
import { Blocked } from './Blocked.tsx'
import { BoardArea } from './BoardArea.tsx'
import { BoardFrame } from './BoardFrame.tsx'
import { CallDialog, Calls } from './Calls.tsx'
import { type AskedCaucus, CaucusDialogs } from './CaucusDialogs.tsx'
import { ChildReportDialog } from './ChildReportDialog.tsx'
import { DraftColumn } from './DraftColumn.tsx'
import { Ended } from './Ended.tsx'
import { ConsentsAsked, OwnGrantTold } from './Grants.tsx'
import { useWayBack } from './Groups.tsx'
import { InsideHeader } from './InsideHeader.tsx'
import { Minor } from './Minor.tsx'
import { NoteSheet } from './NoteSheet.tsx'
import { OpenRoom } from './OpenRoom.tsx'
import { OtherDevices } from './OtherDevices.tsx'
import { Pasting } from './Pasting.tsx'
import { PlaceTold } from './PlaceTold.tsx'
import { NothingPrinted, Printing, usePrintKeys } from './Printing.tsx'
import { Suspended } from './Suspended.tsx'
import { TextTold } from './TextTold.tsx'
import { useCalls } from './use-calls.ts'
import { useDraftNews } from './use-draft-news.ts'
import { useHandsFromBoard } from './use-hands-from-board.ts'
import { usePhones } from './use-phones.ts'
import { usePlace } from './use-place.ts'
import { useRooms } from './use-rooms.ts'
import { useUnsentDraft } from './use-unsent-draft.ts'
import { useWanted } from './use-wanted.ts'
import { useWindowTitle } from './use-window-title.ts'
import { WaitingShown } from './WaitingShown.tsx'

interface InsideProps {
  readonly items: readonly MenuItem[]
  readonly session: RoomSession
  readonly onReload: () => void
}

export function Inside({ items, session, onReload }: InsideProps) {
  const { me } = useCase()
  const mayDraft = inRoom(useView(), 'all', me.id)
  const phones = usePhones(session)
  const place = usePlace(mediates(me))
  const { board, enter } = place
  const part = mayDraft || place.part !== 'draft' ? place.part : 'talk'
  const rooms = useRooms(!board && part === 'talk', place)
  useWayBack(board ? undefined : rooms.current, enter)
  useCarriedWords(rooms.rooms)
  // whether to be told of news can wait until there is room for the question, and stands above no text that is read
  const beside = useMedia('two-parts')
  const low = useMedia('low')
  const draftNews = useDraftNews(part === 'draft')
  const draftWanted = useWanted(part === 'draft', 'two-parts')
  const [print, setPrint] = useState<'asked' | 'text'>()
  const [notes, setNotes] = useState(false)
  const [child, setChild] = useState(false)
  const [asked, ask] = useState<AskedCaucus>()
  const calls = useCalls(rooms.rooms, board ? 'all' : (rooms.current?.audience ?? 'all'))
  const askPrint = mayDraft ? () => setPrint('asked') : undefined
  usePrintKeys(board || !draftWanted ? askPrint : undefined)
  useWindowTitle(rooms.news)
  useUnsentDraft()
  useHandsFromBoard(board)

  const onChild = () => setChild(true)
  const header = <InsideHeader {...{ items, place, notes, onChild }} onPrint={askPrint} onCall={calls.askHere} onNotes={setNotes} />
  const banners = (
    <>
      <SharedPhone />
      <OfflineBanner blocked={<Blocked />} />
      <ConsentsAsked />
      {calls.there && <Calls rooms={rooms.rooms} current={board ? undefined : rooms.current} phones={phones} onAsk={calls.ask} />}
      <CaseBanners onReload={onReload} />
      <Ended session={session} />
      <Suspended />
      <Minor />
      <WaitingShown talks={calls.isIn} onText={mayDraft ? () => place.showPart('draft') : undefined} />
      <OtherDevices session={session} />
      <OwnGrantTold />
      <Alerted count={rooms.news} spoke={rooms.spoke && !low && (beside || part === 'talk')} />
      <TextTold shown={board ? 'never' : part === 'draft' ? 'alone' : 'beside'} onShow={() => place.showPart('draft')} />
    </>
  )
  const printText = () => {
    place.showPart('draft')
    setPrint('text')
  }
  const toPrint = print === 'text' ? { onPrinted: () => setPrint(undefined) } : undefined
  const draft = draftWanted ? <DraftColumn session={session} print={toPrint} /> : <div />
  return (
    <>
      {board ? (
        <BoardFrame header={header} banners={banners}>
          <PartBoundary>
            <BoardArea rooms={rooms.rooms} phones={phones} session={session} onEnter={enter} />
          </PartBoundary>
        </BoardFrame>
      ) : (
        <OpenRoom
          {...{ header, banners, draftNews, part, place, rooms, session }}
          draft={mayDraft ? draft : undefined}
          onEnter={enter}
          onAsk={ask}
        />
      )}
      {asked && <CaucusDialogs asked={asked} phones={phones} onClose={() => ask(undefined)} onEnter={enter} />}
      {calls.asked && <CallDialog rooms={rooms.rooms} room={calls.asked} phones={phones} onClose={() => calls.ask(undefined)} />}
      {print === 'asked' && <Printing session={session} onText={printText} onClose={() => setPrint(undefined)} />}
      <NothingPrinted />
      {child && <ChildReportDialog session={session} onClose={() => setChild(false)} />}
      {mayDraft && rooms.rooms.length > 1 && <Pasting />}
      {mediates(me) && <PlaceTold shown={board ? undefined : rooms.current?.audience} />}
      {notes && <NoteSheet where={board ? 'board' : (rooms.current?.audience ?? 'board')} onClose={() => setNotes(false)} />}
    </>
  )
}
