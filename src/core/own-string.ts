/** Shorter pieces of a string are copies anyway. */
const SLICE_LENGTH = 13

/**
 * The same well-formed text as a string of its own, one byte to a character where that will do: a piece of a longer
 * string keeps the whole of it in memory, two bytes to each character where one of them needs it.
 */
export function ownString(text: string): string {
  return text.length < SLICE_LENGTH ? text : Buffer.from(text).toString()
}
