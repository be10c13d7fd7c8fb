import {
  Agent,
  request as ask,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'

/** What a bad network, a proxy or an overworked server does to one exchange. */
export const faults = [
  /** The connection ends before the server has seen the request. */
  'reset-before',
  /** The server has done it, the answer never comes. */
  'reset-after',
  /** The answer ends in the middle, though its length said more. */
  'cut-body',
  /** A chunked answer whose connection breaks in the middle. */
  'cut-chunks',
  /** The server has done it, the answer comes too late. */
  'too-late',
  'error-500',
  'busy-503',
  'busy-429',
  'login-401',
  /** A well-formed multistatus that lacks its second half. */
  'half-multistatus',
  'empty-multistatus',
  'repeated-hrefs',
  'dropped-href',
  /** The ETag of a PUT's answer is another one than the server now has. */
  'stale-etag',
] as const

export type FaultName = (typeof faults)[number]

export interface FaultProxy {
  readonly origin: string
  /** How likely a fault is at each request, 0 to 1. */
  rate: number
  /** How often each fault was injected. */
  readonly injected: Map<FaultName, number>
  /** Injects this at the next request, whatever the rate. */
  next: FaultName | null
  stop(): Promise<void>
}

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A proxy in front of a real server that spoils exchanges by chance. `lateMs`: longer than the client waits. */
export async function startFaultProxy(target: string, random: () => number, lateMs: number): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: false })
  const http = createServer((incoming, response) => {
    void handle(incoming, response)
  })
  const choose = (): FaultName | null => {
    const { next } = proxy
    proxy.next = null
    return next ?? (random() < proxy.rate ? (faults[Math.floor(random() * faults.length)] ?? null) : null)
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = choose()
    if (fault) proxy.injected.set(fault, (proxy.injected.get(fault) ?? 0) + 1)
    const body = await read(incoming)
    const early = fault === null ? null : beforeServer(fault)
    if (early === 'reset') {
      incoming.socket.destroy()
      return
    }
    if (early) {
      response.writeHead(early.status, early.headers).end('The proxy says no.')
      return
    }
    const answer = await forward(incoming, body)
    if (fault === 'reset-after') incoming.socket.destroy()
    else if (fault === 'too-late') setTimeout(() => reply(response, answer), lateMs).unref()
    else if (fault === 'cut-body' || fault === 'cut-chunks') cut(response, answer, fault === 'cut-body')
    else reply(response, fault === null ? answer : spoiled(answer, fault))
  }

  function forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      // The server names itself by the address it was asked at.
      const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
      const { method = 'GET', url = '/' } = incoming
      const onward = ask(new URL(url, target), { method, headers, agent }, (answer) => {
        void read(answer).then((bytes) =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }),
        )
      })
      onward.on('error', reject)
      onward.end(body)
    })
  }

  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve())
  })
  const address = http.address()
  const proxy: FaultProxy = {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    rate: 0,
    injected: new Map(),
    next: null,
    stop: () =>
      new Promise((resolve) => {
        agent.destroy()
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return proxy
}

interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

function beforeServer(fault: FaultName): 'reset' | { status: number; headers: OutgoingHttpHeaders } | null {
  switch (fault) {
    case 'reset-before':
      return 'reset'
    case 'error-500':
      return { status: 500, headers: {} }
    case 'busy-503':
      return { status: 503, headers: { 'retry-after': '1' } }
    case 'busy-429':
      return { status: 429, headers: { 'retry-after': '1' } }
    case 'login-401':
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="proxy"' } }
    default:
      return null
  }
}

function spoiled(answer: Answer, fault: FaultName): Answer {
  if (fault === 'stale-etag') {
    return answer.headers.etag ? { ...answer, headers: { ...answer.headers, etag: '"stale"' } } : answer
  }
  if (answer.status !== 207) return answer
  const text = answer.body.toString('utf8')
  const responses = [...text.matchAll(/<((?:\w+:)?)response>.*?<\/\1response>/gs)].map(([whole]) => whole)
  const [first = ''] = responses
  const without = (gone: readonly string[]) => gone.reduce((left, one) => left.replace(one, ''), text)
  const half = responses.slice(Math.ceil(responses.length / 2))
  const changed = {
    'half-multistatus': () => without(half),
    'empty-multistatus': () => without(responses),
    'repeated-hrefs': () => text.replace(first, responses.join('') + first),
    'dropped-href': () => without(responses.slice(-1)),
  }[fault as string]
  return changed === undefined ? answer : { ...answer, body: Buffer.from(changed(), 'utf8') }
}

function plainHeaders(answer: Answer, length: number): OutgoingHttpHeaders {
  const { 'transfer-encoding': _chunked, connection: _connection, ...headers } = answer.headers
  return { ...headers, 'content-length': length }
}

function reply(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return
  const hasBody = answer.status !== 204 && answer.status !== 304
  const headers = plainHeaders(answer, answer.body.length)
  if (!hasBody) delete headers['content-length']
  response.writeHead(answer.status, headers).end(hasBody ? answer.body : undefined)
}

function cut(response: ServerResponse, answer: Answer, announced: boolean): void {
  const headers = plainHeaders(answer, answer.body.length)
  if (!announced) delete headers['content-length']
  response.writeHead(answer.status, headers)
  if (answer.body.length < 2) response.end(answer.body)
  else response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy())
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
