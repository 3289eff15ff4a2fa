// Lines for whoever reads them: a person, a file, or another program that may stop reading whenever it has seen enough (`| head`).

/** Prints a line. A reader that has gone is no fault of the command: it goes on, and its exit code says what it found. */
export function print(line) {
  process.stdout.write(`${line}\n`)
}

process.stdout.on('error', ignoreGoneReader)
process.stderr.on('error', ignoreGoneReader)

function ignoreGoneReader(error) {
  if (error.code !== 'EPIPE') throw error
}
