import { useEffect, useMemo, useRef, useState } from 'react'
import { drawPicture } from '#client/files/cleaning/draw-picture.ts'
import { prepareFile } from '#client/files/cleaning/prepare-file.ts'
import { randomId } from '#client/http/random-id.ts'
import { serialQueue } from '#shared/kernel/serial-queue.ts'
import { type ChosenFile, keepingOf, type PictureKeeping } from './chosen-file.ts'

interface ChosenFiles {
  readonly chosen: readonly ChosenFile[]
  readonly pictures: PictureKeeping
  add(files: readonly File[]): void
  remove(key: string): void
  keepOriginal(key: string, keeps: boolean): void
  keepPictures(pictures: PictureKeeping): void
}

/** What was chosen, prepared one after another: a phone has memory for one large picture. */
export function useChosenFiles(first: readonly File[], plainName: (number: number) => string): ChosenFiles {
  const count = useRef(0)
  const choose = (file: File): ChosenFile => {
    count.current++
    return { key: randomId(), file, plainName: plainName(count.current), keepsOriginal: false, prepared: undefined }
  }
  const [chosen, setChosen] = useState<readonly ChosenFile[]>(() => first.map(choose))
  const [pictures, setPictures] = useState<PictureKeeping>('small')
  const inTurn = useMemo(serialQueue, [])
  const wanted = useRef(new Map<string, string>())
  useEffect(() => {
    for (const each of chosen) {
      const keeping = keepingOf(each, pictures)
      if (wanted.current.get(each.key) === keeping) continue
      wanted.current.set(each.key, keeping)
      void inTurn(async () => {
        // taken out, or wished otherwise meanwhile
        if (wanted.current.get(each.key) !== keeping) return
        const prepared = await prepareFile(each.file, keeping, drawPicture).catch(() => ({ kind: 'unreadable' }) as const) // a file that is gone cannot be read
        if (wanted.current.get(each.key) === keeping)
          setChosen((all) => all.map((one) => (one.key === each.key ? { ...one, prepared } : one)))
      })
    }
  }, [chosen, pictures, inTurn])
  return {
    chosen,
    pictures,
    add: (files) => setChosen((all) => [...all, ...files.map(choose)]),
    remove(key) {
      wanted.current.delete(key)
      setChosen((all) => all.filter((each) => each.key !== key))
    },
    keepOriginal: (key, keepsOriginal) =>
      setChosen((all) => all.map((each) => (each.key === key ? { ...each, keepsOriginal, prepared: undefined } : each))),
    keepPictures(next) {
      setPictures(next)
      setChosen((all) => all.map((each) => (each.keepsOriginal ? each : { ...each, prepared: undefined })))
    },
  }
}
