// What of the browser a call needs; tests hand in their own.
import { type MediaDevicesHere, mediaDevicesHere } from './media/media-devices.ts'
import { type SoundLevel, soundLevel } from './media/sound-level.ts'
import type { Sounding } from './media/speakers.ts'

export interface CallTools {
  readonly devices: MediaDevicesHere
  readonly connect: (configuration: RTCConfiguration) => RTCPeerConnection
  readonly sounding: () => Sounding
  readonly level: (track: MediaStreamTrack) => SoundLevel
}

export function callTools(): CallTools {
  return {
    devices: mediaDevicesHere(navigator.mediaDevices),
    connect: (configuration) => new RTCPeerConnection(configuration),
    sounding: () => new Audio(),
    level: soundLevel,
  }
}
