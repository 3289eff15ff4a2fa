// What this device hears and sees with. A microphone or a camera is opened by its person's own press and by nothing else; what the browser
// answers is put into the few kinds that a screen has words for.

/** refused: by the person or the system. missing: there is none. taken: another program has it. insecure: the page did not come by HTTPS. */
export type MediaFault = 'refused' | 'missing' | 'taken' | 'insecure' | 'failed'

export interface MediaChoice {
  readonly id: string
  readonly label: string
}

export interface MediaDevicesHere {
  /** The fault, where it could not be opened. */
  microphone(id?: string): Promise<MediaStreamTrack | MediaFault>
  camera(id?: string): Promise<MediaStreamTrack | MediaFault>
  /** Their names are known once one of them was opened. */
  choices(kind: 'audioinput' | 'videoinput'): Promise<readonly MediaChoice[]>
  /** One was plugged in or out. Answers how to stop listening. */
  onChange(listener: () => void): () => void
}

const VOICE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 }
/** A face to look at, not a film: a village line carries it beside the voice. */
export const PICTURE = { width: 320, height: 240, frameRate: 15 } as const
const FACE: MediaTrackConstraints = {
  width: { ideal: PICTURE.width, max: PICTURE.width },
  height: { ideal: PICTURE.height, max: PICTURE.height },
  frameRate: { ideal: PICTURE.frameRate, max: PICTURE.frameRate },
}

export function mediaDevicesHere(media: MediaDevices | undefined): MediaDevicesHere {
  const open = async (kind: 'audio' | 'video', constraints: MediaTrackConstraints, id?: string) => {
    if (!media?.getUserMedia) return 'insecure' // browsers hide it from pages that came without HTTPS
    try {
      const chosen = id ? { ...constraints, deviceId: { exact: id } } : constraints
      const [track] = (await media.getUserMedia({ [kind]: chosen })).getTracks()
      return track ?? 'failed'
    } catch (cause) {
      return mediaFaultOf(cause)
    }
  }
  return {
    microphone: (id) => openChosen((which) => open('audio', VOICE, which), id),
    camera: (id) => openChosen((which) => open('video', FACE, which), id),
    async choices(kind) {
      const known = (await media?.enumerateDevices?.()) ?? []
      return known
        .filter((each) => each.kind === kind && each.deviceId !== '' && each.label !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }))
    },
    onChange(listener) {
      media?.addEventListener?.('devicechange', listener)
      return () => media?.removeEventListener?.('devicechange', listener)
    },
  }
}

/** One microphone, or one camera: what was asked for last counts, and whatever opens for an earlier wish is closed before anybody uses it. */
export class DeviceOpening {
  #wish = 0

  /** Undefined where it is wanted no more. */
  async open(opening: Promise<MediaStreamTrack | MediaFault>): Promise<MediaStreamTrack | MediaFault | undefined> {
    const mine = ++this.#wish
    const opened = await opening
    if (mine === this.#wish) return opened
    if (typeof opened !== 'string') opened.stop()
    return undefined
  }

  /** What is being opened is wanted no more. */
  forget(): void {
    this.#wish++
  }
}

/** One that was chosen and is gone meanwhile is replaced by whichever there is. */
async function openChosen(
  open: (id?: string) => Promise<MediaStreamTrack | MediaFault>,
  id: string | undefined,
): Promise<MediaStreamTrack | MediaFault> {
  const opened = await open(id)
  return opened === 'missing' && id !== undefined ? open() : opened
}

/** By the names of the specification, and by those that older browsers give. */
export function mediaFaultOf(cause: unknown): MediaFault {
  switch (cause instanceof Error || cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'refused'
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'taken'
    default:
      return 'failed'
  }
}
