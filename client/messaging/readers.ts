// Who reads a room, in full words: for the ribbon above the conversation, the one above the composer, the send button and each message.
import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import type { ShortNames } from '#client/rooms/short-names.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { mediates, readsByGrant } from '#shared/kernel/roles.ts'

export interface ReaderWords {
  /** Above the conversation: who sees it, and what the others do not learn. */
  readonly ribbon: string
  readonly ribbonMore: string
  /** Above the composer: who will read. */
  readonly composer: string
  readonly composerMore: string
  /** The same in one line, where there is little room. */
  readonly composerShort: string
  readonly send: string
  readonly sendShort: string
  readonly field: string
  readonly placeholder: string
  /** On each message: one's own, and others' as oneself reads them. */
  readonly onOwn: string
  readonly onOthers: string
  /** Whole names of the readers but oneself, for the question before the first message. */
  readonly names: string
}

export function readerWords(
  room: RoomView,
  me: Person,
  { t, f, called, otherSides }: { t: Translate; f: Formats; called: ShortNames; otherSides: number },
): ReaderWords {
  const others = room.readers.filter(({ id }) => id !== me.id)
  const names = f.list(others.map(({ name }) => name))
  const short = f.list(others.map(({ name }) => called(name)))
  const youAnd = [t('messaging.you'), ...others.map(({ name }) => called(name))].join(', ')
  const side = called(room.side?.name ?? '')
  if (room.kind === 'joint') {
    const besides = others.filter(readsByGrant).map(({ name }) => called(name))
    return {
      ribbon: t('messaging.all.see', { count: room.readers.length }),
      ribbonMore: youAnd,
      composer: t('messaging.all.read'),
      composerMore: besides.length > 0 ? t('messaging.all.read-more-with', { names: f.list(besides) }) : t('messaging.all.read-more'),
      composerShort: t('messaging.all.read-short'),
      send: t('messaging.all.send'),
      sendShort: t('messaging.all.send-short'),
      field: t('messaging.all.field'),
      placeholder: t('messaging.all.placeholder'),
      onOwn: t('messaging.all.on-message'),
      onOthers: t('messaging.all.on-message'),
      names,
    }
  }
  if (room.group) {
    const { name } = room.group
    const read = others.length > 0 ? t('messaging.side.read', { names: short }) : t('messaging.group.nobody')
    return {
      ribbon: t('messaging.group.see', { names: f.list([t('messaging.you'), ...others.map((person) => called(person.name))]) }),
      ribbonMore: t('messaging.group.others'),
      composer: read,
      composerMore: '',
      composerShort: read,
      send: t('messaging.group.send'),
      sendShort: t('messaging.group.send-short'),
      field: t('messaging.group.field', { name }),
      placeholder: t('messaging.private.placeholder'),
      onOwn: t('messaging.group.on-message', { name }),
      onOthers: t('messaging.group.on-message', { name }),
      names,
    }
  }
  const unknown = t('messaging.private.others-do-not-learn', { count: otherSides })
  if (mediates(me)) {
    const subject = room.kind === 'direct' ? short : side
    const nobody = others.length === 0
    return {
      ribbon: t('messaging.side.see', { side: subject }),
      ribbonMore: nobody ? t('messaging.side.nobody-yet') : room.kind === 'direct' ? t('messaging.direct.co-parties') : unknown,
      composer: nobody ? t('messaging.side.read-later', { side: subject }) : t('messaging.side.read', { names: short }),
      composerShort: nobody ? t('messaging.side.read-later', { side: subject }) : t('messaging.side.read', { names: short }),
      composerMore: nobody || room.kind === 'direct' ? '' : `(${subject})`,
      send: room.kind === 'direct' ? t('messaging.direct.send') : t('messaging.side.send'),
      sendShort: room.kind === 'direct' ? t('messaging.direct.send-short') : t('messaging.side.send-short'),
      field: t('messaging.side.field', { side: subject }),
      placeholder: t('messaging.private.placeholder'),
      onOwn: t('messaging.side.on-message', { side: subject }),
      onOthers: t('messaging.private.to-you'),
      names: nobody ? (room.side?.name ?? '') : names,
    }
  }
  const coParties = others.filter((person) => !mediates(person))
  const alone = coParties.length === 0
  const ours = f.list(coParties.map(({ name }) => called(name)))
  return {
    ribbon: alone ? t('messaging.mediator.see') : t('messaging.mediator.see-with', { names: ours }),
    ribbonMore: unknown,
    composer: alone ? t('messaging.mediator.read') : t('messaging.mediator.read-with', { names: ours }),
    composerMore: '',
    composerShort: alone ? t('messaging.mediator.read') : t('messaging.mediator.read-with', { names: ours }),
    send: alone ? t('messaging.mediator.send') : t('messaging.mediator.send-with'),
    sendShort: alone ? t('messaging.mediator.send-short') : t('messaging.mediator.send-short-with'),
    field: t('messaging.mediator.field'),
    placeholder: t('messaging.private.placeholder'),
    onOwn: alone ? t('messaging.mediator.on-message') : t('messaging.mediator.on-message-with'),
    onOthers: alone ? t('messaging.private.to-you') : t('messaging.mediator.on-message-with'),
    names,
  }
}
