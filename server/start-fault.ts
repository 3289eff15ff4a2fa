// What stops a start, as the one line that is said about it and the exit code. What is not named here is a fault of ours: it is thrown on.
import { SecretsFault } from '#server/config/secrets.ts'
import { StorageLockedError } from '#server/storage/failure.ts'
import { AppError } from '#shared/kernel/errors.ts'

/** 2: something in the configuration, the folder or the machine must be mended by hand. 1: starting again may help. */
export type ExitCode = 1 | 2

interface StartFault {
  readonly line: string
  readonly exitCode: ExitCode
}

interface Place {
  readonly host: string
  readonly port: number
  readonly storage: 'sqlite' | 'mongo'
}

export function startFault(error: unknown, place: Place): StartFault | undefined {
  const found = faultOf(error, place)
  return found && { ...found, line: found.line.replaceAll(/\s*[\r\n]+\s*/g, ' ') }
}

function faultOf(error: unknown, place: Place): StartFault | undefined {
  if (error instanceof SecretsFault || error instanceof StorageLockedError) return { line: error.message, exitCode: 2 }
  if (error instanceof AppError) return storageFault(error, place)
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return undefined
  const line = listenWords(String(error.code), place)
  return line === undefined ? undefined : { line, exitCode: 2 }
}

function storageFault(error: AppError, { storage }: Place): StartFault | undefined {
  if (error.problem.reason === 'storage/unusable') return { line: error.message, exitCode: 2 }
  if (error.problem.kind !== 'unavailable') return undefined
  return storage === 'mongo'
    ? { line: 'MongoDB cannot be reached, or refuses: see that it runs, and that MONGODB_URI and MONGODB_KEYS_URI are right', exitCode: 1 }
    : { line: 'the data folder takes no writes: make room on its disk, and start again', exitCode: 2 }
}

function listenWords(code: string, { host, port }: Place): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: set PORT to another one.`
    case 'EACCES':
      return `Port ${port} is not open to this user: set PORT to 1024 or more, and let a proxy stand in front.`
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `HOST=${host} is no address of this machine: set HOST to one of its own, or to 0.0.0.0 for all of them.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is not known to this machine: set HOST to an address, such as 127.0.0.1.`
    case 'EAFNOSUPPORT':
      return `HOST=${host}: this machine has no such network (IPv6?): set HOST to another address.`
    default:
      return undefined
  }
}
