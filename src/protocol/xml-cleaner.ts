/**
 * What XML 1.0 forbids (section 2.2): control characters and U+FFFE, U+FFFF, as characters and as references; surrogates
 * only as references, because decoding has replaced them otherwise. One such character makes the whole answer
 * unreadable to an XML parser, and five of seven servers send them on as they got them (pitfall R5).
 */
const FORBIDDEN =
  /[[\p{Cc}\u{fffe}\u{ffff}]--[\t\n\r\u{7f}-\u{9f}]]|&#0*(?:[0-8]|1[124-9]|2\d|3[01]|5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]|6553[45]);|&#x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef]);/giv

/** What is worth a closer look: most references are the `&#13;` that sabre/dav writes at each line end. */
const SUSPECT = /&#(?!13;)|[^\t\n\r\x20-\ufffd]/

/** `&#x10FFFF;` and a few zeros: what may have begun at the end of one piece and go on in the next. */
const LONGEST_REFERENCE = 16

interface XmlCleaner {
  write(text: string): void
  end(): void
}

/**
 * Passes text on to `feed` without what XML forbids. `onMend` is called at each place where something was taken out,
 * after what stood before it was passed on, so that the parser knows which element it concerns.
 */
export function createXmlCleaner(feed: (text: string) => void, onMend: () => void): XmlCleaner {
  let held = ''
  const clean = (text: string) => {
    if (!SUSPECT.test(text)) {
      feed(text)
      return
    }
    let from = 0
    for (const match of text.matchAll(FORBIDDEN)) {
      feed(text.slice(from, match.index))
      onMend()
      from = match.index + match[0].length
      const pair = surrogatePair(match[0], text.slice(from, from + LONGEST_REFERENCE))
      if (!pair) continue
      feed(pair.character)
      // The second half is the next match, which then stands for nothing.
    }
    feed(from === 0 ? text : text.slice(from))
  }
  return {
    write(text) {
      const whole = held + text
      const at = whole.lastIndexOf('&', whole.length - 1)
      const open = at >= 0 && whole.length - at < LONGEST_REFERENCE && !whole.includes(';', at)
      held = open ? whole.slice(at) : ''
      clean(open ? whole.slice(0, at) : whole)
    },
    end() {
      clean(held)
      held = ''
    },
  }
}

/** SOGo writes an emoji as two references to surrogates: the character they stand for. */
function surrogatePair(reference: string, following: string): { character: string } | null {
  const high = codeOf(reference)
  const low = codeOf(/^&#x?[0-9a-f]+;/i.exec(following)?.[0] ?? '')
  const isPair = high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff
  return isPair ? { character: String.fromCharCode(high, low) } : null
}

function codeOf(reference: string): number {
  const digits = /^&#(x?)([0-9a-f]+);$/i.exec(reference)
  return digits ? Number.parseInt(digits[2] ?? '', digits[1] ? 16 : 10) : -1
}
