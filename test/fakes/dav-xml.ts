/** How the fake writes its XML; each is the way of some real server. */
export type Dialect = 'default-namespace' | 'prefixed' | 'cdata' | 'numeric' | 'redeclared'

const DAV = 'DAV:'
const CALDAV = 'urn:ietf:params:xml:ns:caldav'

export interface Prop {
  readonly name: string
  readonly caldav?: boolean
  /** Text content; escaped in the way of the dialect. */
  readonly text?: string
  /** Ready-made XML made with `Writer.element`. */
  readonly inner?: string
}

export interface ResponseParts {
  readonly href: string
  readonly status?: string
  readonly found?: readonly string[]
  readonly missing?: readonly string[]
  readonly error?: string
  readonly description?: string
}

export interface Writer {
  element(prop: Prop): string
  response(parts: ResponseParts): string
  multistatus(responses: readonly string[], syncToken?: string): string
}

export function xmlWriter(dialect: Dialect): Writer {
  const d = { 'default-namespace': '', prefixed: 'd:', cdata: 'D:', numeric: 'ns0:', redeclared: '' }[dialect]
  const c = { 'default-namespace': 'C:', prefixed: 'cal:', cdata: 'C:', numeric: 'ns1:', redeclared: 'n1:' }[dialect]
  const tag = (name: string, inner: string, attributes = '') =>
    inner === '' ? `<${d}${name}${attributes}/>` : `<${d}${name}${attributes}>${inner}</${d}${name}>`
  const element = ({ name, caldav, text, inner }: Prop) => {
    const content = inner ?? (text === undefined ? '' : escapeText(text, dialect))
    if (!caldav) return tag(name, content)
    const declared = dialect === 'redeclared' ? ` xmlns:n1="${CALDAV}"` : ''
    return content === '' ? `<${c}${name}${declared}/>` : `<${c}${name}${declared}>${content}</${c}${name}>`
  }
  // Xandikos and SOGo put the status before the properties.
  const propstat = (props: readonly string[], status: string) => {
    const line = tag('status', status)
    const prop = tag('prop', props.join(''))
    return tag('propstat', dialect === 'numeric' ? line + prop : prop + line)
  }
  return {
    element,
    response({ href, status, found, missing, error, description }) {
      const parts = [tag('href', escapeText(href, 'prefixed'))]
      if (status) parts.push(tag('status', status))
      if (found && found.length > 0) parts.push(propstat(found, dialect === 'cdata' ? 'HTTP/2 200' : 'HTTP/1.1 200 OK'))
      if (missing && missing.length > 0) parts.push(propstat(missing, 'HTTP/1.1 404 Not Found'))
      if (error) parts.push(tag('error', error))
      if (description) parts.push(tag('responsedescription', description))
      return tag('response', parts.join(''))
    },
    multistatus(responses, syncToken) {
      const declare = `${d === '' ? ' xmlns' : ` xmlns:${d.slice(0, -1)}`}="${DAV}" xmlns:${c.slice(0, -1)}="${CALDAV}"`
      const token = syncToken === undefined ? '' : tag('sync-token', syncToken)
      return `<?xml version="1.0" encoding="utf-8"?>\n${tag('multistatus', responses.join('\n') + token, declare)}`
    },
  }
}

function escapeText(text: string, dialect: Dialect): string {
  if (dialect === 'cdata') return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
  if (dialect !== 'numeric') return escaped.replace(/\r/g, '&#13;')
  return escaped.replace(/[^ -~\n]/gu, (character) => `&#${character.codePointAt(0)};`)
}
