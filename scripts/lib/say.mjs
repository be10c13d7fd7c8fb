/** One plain line for the person who started the script. */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** Something a person has to mend; the script ends with `exitCode` and without a stack trace. */
export class PlainError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** Runs a script's main function; a PlainError is printed as its message alone. */
export async function runScript(main) {
  try {
    await main()
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(error.exitCode)
  }
}
