// The sentences of what is told to all: a notice shows them, and they are spoken once when they come.

import type { Formats } from '#client/i18n/formats.ts'
import type { Translate } from '#client/i18n/text-ids.ts'
import { type CaseState, nameIn } from '#shared/cases/case-state.ts'
import type { By, Person } from '#shared/kernel/actor.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { DeletionNotice, RestorationNotice } from './notice-of.ts'

export interface ToldTo {
  readonly t: Translate
  readonly f: Formats
  readonly state: CaseState
  readonly me: Person
}

interface ToldWords {
  readonly title: string
  readonly text: string
}

export function deletionWords({ deletion, phase }: DeletionNotice, to: ToldTo): ToldWords {
  const { t, f, me } = to
  const { lines, participantId } = deletion
  switch (phase.kind) {
    case 'open': {
      const who = participantId === me.id ? t('drafting.told.by.you') : t('drafting.told.by', { name: nameOf(participantId, to) })
      if (!phase.fault) return { title: t('drafting.told.deletion', { lines }), text: who }
      return { title: t('drafting.told.undo.failed'), text: t(`drafting.told.fault.${phase.fault}`) }
    }
    case 'asked':
      return { title: t('drafting.told.undo.asked'), text: '' }
    case 'back': {
      const time = f.time(phase.at)
      const you = phase.by === me.id
      return {
        title: t('drafting.told.undone'),
        text: you ? t('drafting.told.back.you', { time }) : t('drafting.told.back', { time, name: nameOf(phase.by, to) }),
      }
    }
    case 'over':
      return { title: t('drafting.told.undo.failed'), text: `${t(`drafting.told.fault.${phase.fault}`)} ${whatThen(to)}` }
  }
}

export function restorationWords(notice: RestorationNotice, to: ToldTo): ToldWords {
  const { t, f, me } = to
  const { way } = notice
  switch (notice.kind) {
    case 'under-way':
      return { title: t(`drafting.told.${way}.asked`), text: '' }
    case 'failed':
      return { title: t('drafting.told.bring-back.failed'), text: t(`drafting.told.fault.${notice.fault}`) }
    case 'done': {
      const time = f.time(notice.at)
      const did = way === 'begin-anew' ? 'drafting.told.began' : 'drafting.told.back'
      const who = notice.by === me.id ? t(`${did}.you`, { time }) : t(did, { time, name: nameOf(notice.by, to) })
      return { title: t(`drafting.told.${way}`), text: `${who} ${t(`drafting.told.${way}.kept`)}` }
    }
  }
}

function whatThen({ t, me }: ToldTo): string {
  return mediates(me) ? t('drafting.told.then.mediator') : t('drafting.told.then')
}

export function nameOf(by: By, { t, state }: Pick<ToldTo, 't' | 'state'>): string {
  return (by === 'system' ? undefined : nameIn(state, by)) ?? t('messaging.somebody')
}
