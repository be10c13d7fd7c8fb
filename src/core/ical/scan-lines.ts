/** Content lines one after the other, each character looked at once (RFC 5545 section 3.1). */

/** RFC 5545 section 3.1. */
const MOST_OCTETS = 75

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const COLON = 58
const SEMICOLON = 59

/**
 * Stands on one content line of a text at a time. A text with lone surrogates is not to be given to it: whether they
 * come in pairs is not looked at.
 */
export class LineScanner {
  readonly text: string
  /** What ends every line: CR before LF, or LF alone. */
  readonly crlf: boolean
  /** Where the line begins, where its name ends, and where its content ends. */
  from = 0
  nameEnd = 0
  to = 0
  /** Where the next content line begins. */
  next: number
  /** How many lines continue it. */
  folds = 0

  constructor(text: string, from: number, crlf: boolean) {
    this.text = text
    this.crlf = crlf
    this.next = from
  }

  /**
   * Goes to the next content line. False where there is none, and where the line is anything out of the ordinary: no name
   * in upper-case letters, more than 75 octets, another line end, a forbidden character, a blank line.
   */
  advance(): boolean {
    const { text } = this
    this.from = this.next
    this.folds = 0
    let at = this.from
    for (let code = text.charCodeAt(at); ; code = text.charCodeAt(++at)) {
      if ((code >= 65 && code <= 90) || code === 45 || (code >= 48 && code <= 57)) continue
      if (at === this.from || (code !== COLON && code !== SEMICOLON)) return false
      break
    }
    this.nameEnd = at
    if (!this.endLine(this.from, at)) return false
    for (let code = text.charCodeAt(this.next); code === SPACE || code === TAB; code = text.charCodeAt(this.next)) {
      this.folds += 1
      if (!this.endLine(this.next, this.next)) return false
    }
    return true
  }

  /** The content line without its folds. */
  line(): string {
    const line = this.text.slice(this.from, this.to)
    return this.folds === 0 ? line : line.replace(/\r?\n[ \t]/g, '')
  }

  /** Reads on from `at`, up to where plain ASCII without controls is known, to the end of the line that began at `from`. */
  private endLine(from: number, at: number): boolean {
    const { text } = this
    const { length } = text
    let octets = at - from
    for (let place = at; place < length; place++) {
      const code = text.charCodeAt(place)
      if (code >= SPACE && code < 0x7f) octets += 1
      else if (code >= 0x80) {
        if (code >= 0xfffe) return false
        octets += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
      } else if (code === TAB) octets += 1
      else {
        const isEnd = this.crlf ? code === CR && text.charCodeAt(place + 1) === LF : code === LF
        if (!isEnd || octets > MOST_OCTETS || place === from) return false
        this.to = place
        this.next = place + (this.crlf ? 2 : 1)
        return true
      }
    }
    return false
  }
}
