import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, type Environment, loadSettings, shownEnvironment } from './config.ts'

const SALT = 'c2FsdHNhbHRzYWx0c2FsdA'
const HASH = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const PHC = `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${HASH}`

/** The problems of a refused environment, one line each. */
function refusal(environment: Environment): string[] {
  try {
    loadSettings(environment)
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigError, String(thrown))
    assert.equal(thrown.message.split('\n').length, thrown.problems.length)
    return thrown.message.split('\n')
  }
  assert.fail('The environment was not refused')
}

test('an empty environment gives the defaults of the contract', () => {
  assert.deepEqual(loadSettings({}), {
    host: '0.0.0.0',
    port: 6765,
    proxyUrl: null,
    publicUrl: null,
    fetchWaitMs: 8_000,
    dbPath: 'data/caldav-sync.db',
    importDir: 'data/import',
    login: null,
    rateLimit: null,
    trustProxy: false,
    swaggerUi: true,
    logLevel: 'info',
    journalDays: 30,
    allowPrivateNetworks: true,
    allowedPrivateHosts: [],
    allowedHosts: [],
    outgoingProxy: null,
  })
})

test('a proxy is taken from the environment, the small letters first, and never printed', () => {
  const { outgoingProxy } = loadSettings({ HTTPS_PROXY: 'proxy.lan:3128', https_proxy: '', NO_PROXY: 'nas.lan' })
  assert.equal(outgoingProxy?.https?.reveal(), 'http://proxy.lan:3128/')
  assert.equal(outgoingProxy.http, null)
  assert.equal(outgoingProxy.except, 'nas.lan')
  const small = loadSettings({ HTTP_PROXY: 'http://a/', http_proxy: 'http://u:canary@b/' })
  assert.equal(small.outgoingProxy?.http?.reveal(), 'http://u:canary@b/')
  assert.ok(!JSON.stringify(small).includes('canary'))
  assert.throws(() => loadSettings({ HTTPS_PROXY: 'ftp://x:canary@y/' }), {
    message: 'HTTPS_PROXY is not an http://, https:// or socks5:// address; correct it, or leave it out',
  })
})

test('an empty variable counts as unset, whichever it is', () => {
  const names = [
    'SERVER_HOST',
    'SERVER_PORT',
    'SERVER_PROXY_URL',
    'DATA_DIR',
    'DB_PATH',
    'AUTH_USERNAME',
    'AUTH_PASSWORD',
  ]
  names.push('AUTH_PASSWORD_HASH', 'RATE_LIMIT_PER_SECOND', 'RATE_LIMIT_BURST', 'RATE_LIMIT_TRUST_PROXY', 'SWAGGER_UI')
  names.push(
    'RUST_LOG',
    'JOURNAL_DAYS',
    'ALLOW_PRIVATE_NETWORKS',
    'ALLOWED_PRIVATE_HOSTS',
    'ALLOWED_HOSTS',
    'PORT',
    'HTTP_PROXY',
  )
  assert.deepEqual(loadSettings(Object.fromEntries(names.map((name) => [name, '']))), loadSettings({}))
})

test('every variable is read', () => {
  const settings = loadSettings({
    SERVER_HOST: '[::1]',
    SERVER_PORT: ' 80 ',
    SERVER_PROXY_URL: 'http://127.0.0.1:6766/',
    DATA_DIR: '/var/lib/sync',
    AUTH_USERNAME: 'ann',
    AUTH_PASSWORD: ' with blanks ',
    RATE_LIMIT_PER_SECOND: '5',
    RATE_LIMIT_BURST: '10',
    RATE_LIMIT_TRUST_PROXY: 'true',
    SWAGGER_UI: 'false',
    RUST_LOG: 'debug',
    JOURNAL_DAYS: '90',
    ALLOW_PRIVATE_NETWORKS: 'false',
    ALLOWED_PRIVATE_HOSTS: 'NAS.lan, 192.168.1.5:8443 [fd00::5]',
    ALLOWED_HOSTS: 'cal.example.org,cal.example.org:8443',
    HTTPS_PROXY: 'http://proxy.lan:3128',
    PUBLIC_URL: 'https://cal.example.org/',
    FETCH_WAIT: '3',
  })
  const { login, outgoingProxy, ...rest } = settings
  assert.equal(outgoingProxy?.https?.reveal(), 'http://proxy.lan:3128/')
  assert.deepEqual(rest, {
    host: '::1',
    port: 80,
    proxyUrl: 'http://127.0.0.1:6766',
    publicUrl: 'https://cal.example.org',
    fetchWaitMs: 3_000,
    dbPath: '/var/lib/sync/caldav-sync.db',
    importDir: '/var/lib/sync/import',
    rateLimit: { perSecond: 5, burst: 10 },
    trustProxy: true,
    swaggerUi: false,
    logLevel: 'debug',
    journalDays: 90,
    allowPrivateNetworks: false,
    allowedPrivateHosts: ['nas.lan', '192.168.1.5:8443', 'fd00::5'],
    allowedHosts: ['cal.example.org', 'cal.example.org:8443'],
  })
  assert.deepEqual(
    [login?.username, login?.password.kind, login?.password.secret.reveal()],
    ['ann', 'plain', ' with blanks '],
  )
})

test('a wrong rate does not hide a wrong burst, and a host with a port is no IPv6 address', () => {
  const named = (environment: Record<string, string>) => {
    try {
      loadSettings(environment)
      return []
    } catch (thrown) {
      return thrown instanceof ConfigError ? thrown.problems.map(({ variable }) => variable) : [String(thrown)]
    }
  }
  const rates = { RATE_LIMIT_PER_SECOND: 'x', RATE_LIMIT_BURST: '0' }
  assert.deepEqual(named(rates), ['RATE_LIMIT_PER_SECOND', 'RATE_LIMIT_BURST'])
  assert.deepEqual(named({ SERVER_HOST: '127.0.0.1:80' }), ['SERVER_HOST'])
  assert.deepEqual(named({ SERVER_HOST: '[::1]' }), [])
})

test('DB_PATH wins over DATA_DIR; PORT and SERVER_PROXY_URL have no default', () => {
  assert.equal(loadSettings({ DATA_DIR: '/a', DB_PATH: '/b/c.db' }).dbPath, '/b/c.db')
  assert.equal(loadSettings({ PORT: 'nonsense' }).proxyUrl, null)
})

test('rate limiting is off until RATE_LIMIT_PER_SECOND is set; 0 acts as 1', () => {
  assert.equal(loadSettings({ RATE_LIMIT_BURST: '0' }).rateLimit, null)
  assert.deepEqual(loadSettings({ RATE_LIMIT_PER_SECOND: '0' }).rateLimit, { perSecond: 1, burst: 60 })
  assert.equal(loadSettings({ RATE_LIMIT_TRUST_PROXY: 'true' }).trustProxy, true)
  const largest = loadSettings({ RATE_LIMIT_PER_SECOND: '18446744073709551615' }).rateLimit
  assert.equal(largest?.perSecond, Number.MAX_SAFE_INTEGER)
  assert.match(
    refusal({ RATE_LIMIT_PER_SECOND: '1', RATE_LIMIT_BURST: '0' }).join(),
    /^RATE_LIMIT_BURST is "0"; .* from 1 to/,
  )
})

test('Swagger UI goes only by the very words false and 0', () => {
  const values = ['false', '0', 'False', 'no', 'true', '1']
  assert.deepEqual(
    values.map((SWAGGER_UI) => loadSettings({ SWAGGER_UI }).swaggerUi),
    [false, false, true, true, true, true],
  )
})

for (const [filter, level] of [
  ['info', 'info'],
  ['WARN', 'warn'],
  ['error', 'error'],
  ['off', 'error'],
  ['trace', 'debug'],
  ['caldav_ics_sync=debug,tower=warn', 'debug'],
  ['warn,caldav_ics_sync::api[span{name=x}]=info', 'info'],
  ['tower_http=off, warn', 'warn'],
  ['constructor', 'info'],
  ['nonsense', 'info'],
] as const) {
  test(`the log filter ${filter} means ${level}`, () => {
    assert.equal(loadSettings({ RUST_LOG: filter }).logLevel, level)
  })
}

test('all errors are told at once, one line each, by name', () => {
  const lines = refusal({
    SERVER_HOST: 'http://x:80',
    SERVER_PORT: '65536',
    SERVER_PROXY_URL: 'localhost:6766',
    RATE_LIMIT_PER_SECOND: '1.5',
    RATE_LIMIT_BURST: '-1',
    RATE_LIMIT_TRUST_PROXY: 'maybe',
    ALLOW_PRIVATE_NETWORKS: 'n\nADMIN logged in',
    ALLOWED_PRIVATE_HOSTS: 'ok.lan,https://nas.lan/',
    ALLOWED_HOSTS: 'a/b',
    AUTH_USERNAME: 'ann',
  })
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    [
      'SERVER_HOST',
      'SERVER_PORT',
      'SERVER_PROXY_URL',
      'AUTH_PASSWORD',
      'RATE_LIMIT_PER_SECOND',
      'RATE_LIMIT_BURST',
      'RATE_LIMIT_TRUST_PROXY',
      'ALLOW_PRIVATE_NETWORKS',
      'ALLOWED_PRIVATE_HOSTS',
      'ALLOWED_HOSTS',
    ],
  )
  for (const line of lines) assert.match(line, /; (set|list|correct|leave)/)
  assert.equal(lines[1], 'SERVER_PORT is "65536"; set it to a whole number from 0 to 65535, or leave it out')
})

test('a port must be a whole number', () => {
  for (const SERVER_PORT of ['x', '-1', '1e3', '0x50', '80 81', '99999999999999999999999']) {
    assert.equal(refusal({ SERVER_PORT }).length, 1, SERVER_PORT)
  }
  assert.equal(loadSettings({ SERVER_PORT: '0' }).port, 0)
})

test('A1: of 64 combinations of the login variables only whole logins and none at all start', () => {
  const values = [undefined, '', ' ', 'x'] as const
  const hashes = [undefined, '', ' ', PHC] as const
  let started = 0
  for (const AUTH_USERNAME of values) {
    for (const AUTH_PASSWORD of values) {
      for (const AUTH_PASSWORD_HASH of hashes) {
        const environment = { AUTH_USERNAME, AUTH_PASSWORD, AUTH_PASSWORD_HASH }
        const none = !AUTH_USERNAME && !AUTH_PASSWORD && !AUTH_PASSWORD_HASH
        const plain = AUTH_USERNAME === 'x' && AUTH_PASSWORD === 'x' && !AUTH_PASSWORD_HASH
        const hashed = AUTH_USERNAME === 'x' && !AUTH_PASSWORD && AUTH_PASSWORD_HASH === PHC
        if (none || plain || hashed) {
          const { login } = loadSettings(environment)
          assert.equal(login === null, none)
          assert.equal(login?.password.kind, none ? undefined : plain ? 'plain' : 'argon2')
          started += 1
        } else {
          for (const line of refusal(environment)) assert.match(line, /^AUTH_(USERNAME|PASSWORD|PASSWORD_HASH) /)
        }
      }
    }
  }
  assert.equal(started, 8 + 2 + 2)
})

test('A2: both passwords are refused in the words of the existing service', () => {
  assert.deepEqual(refusal({ AUTH_USERNAME: 'ann', AUTH_PASSWORD: 'p', AUTH_PASSWORD_HASH: PHC }), [
    'AUTH_PASSWORD and AUTH_PASSWORD_HASH are mutually exclusive; set only one',
  ])
})

test('a login that Basic authentication cannot carry is refused', () => {
  assert.match(refusal({ AUTH_USERNAME: 'a:b', AUTH_PASSWORD: 'p' }).join(), /^AUTH_USERNAME holds a colon/)
  assert.match(
    refusal({ AUTH_USERNAME: 'ann', AUTH_PASSWORD: 'p\n' }).join(),
    /^AUTH_PASSWORD holds a control character/,
  )
})

const GOOD_HASHES = [
  PHC,
  `$argon2i$v=19$m=8,t=20,p=1$${SALT}$${HASH}`,
  `$argon2d$m=1048576,t=1,p=16$${SALT}$${HASH}`,
  ` ${PHC}\n`,
  PHC.replaceAll('$', '\\$'),
]
for (const hash of GOOD_HASHES) {
  test(`A3: a usable hash is taken: ${JSON.stringify(hash.slice(0, 40))}`, () => {
    const { login } = loadSettings({ AUTH_USERNAME: 'ann', AUTH_PASSWORD_HASH: hash })
    assert.equal(login?.password.kind, 'argon2')
    assert.match(login?.password.secret.reveal() ?? '', /^\$argon2/)
  })
}

const BAD_HASHES: readonly (readonly [hash: string, reason: RegExp])[] = [
  ['$2b$12$abcdefghijklmnopqrstuuZLbwxnPGP0kpuRZ2rvmyUhDLzK9vH0a', /bcrypt/],
  ['$2y$10$abcdefghijklmnopqrstuuZLbwxnPGP0kpuRZ2rvmyUhDLzK9vH0a', /bcrypt/],
  [PHC.replaceAll('$', '$$$$'), /compose/],
  ['=19=19456,t=2,p=1', /does not begin with "\$argon2".*compose/],
  ['secret', /does not begin with "\$argon2"/],
  [`"${PHC}"`, /quotation mark/],
  [`'${PHC}'`, /quotation mark/],
  ['$', /PHC string/],
  ['$argon2id', /PHC string/],
  ['$argon2id$v=19$m=19456,t=2,p=1', /cut short/],
  [`$argon2id$v=19$m=19456,t=2,p=1$${SALT}`, /cut short/],
  [`$argon2id$v=19$m=19456,t=2,p=1$${SALT}$`, /hash is not/],
  [PHC.slice(0, -1), /hash is not/],
  [`$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${HASH}=`, /hash is not/],
  [`$argon2id$v=19$m=19456,t=2,p=1$c2E$${HASH}`, /salt is not/],
  [`$argon2id$v=19$m=19456,t=2,p=1$s!lt$${HASH}`, /salt is not/],
  [`$argon2id$v=19$m=1048577,t=2,p=1$${SALT}$${HASH}`, /m is above/],
  [`$argon2id$v=19$m=4194304,t=2,p=1$${SALT}$${HASH}`, /m is above/],
  [`$argon2id$v=19$m=19456,t=21,p=1$${SALT}$${HASH}`, /t is not between/],
  [`$argon2id$v=19$m=19456,t=0,p=1$${SALT}$${HASH}`, /t is not between/],
  [`$argon2id$v=19$m=19456,t=2,p=17$${SALT}$${HASH}`, /p is not between/],
  [`$argon2id$v=19$m=7,t=2,p=1$${SALT}$${HASH}`, /m is below/],
  [`$argon2id$v=19$m=19456,t=2$${SALT}$${HASH}`, /costs are not/],
  [`$argon2id$v=16$m=19456,t=2,p=1$${SALT}$${HASH}`, /version/],
  [`$argon2x$v=19$m=19456,t=2,p=1$${SALT}$${HASH}`, /algorithm/],
  [`$6$rounds=5000$${SALT}$${HASH}`, /algorithm/],
  [`${PHC}$${HASH}`, /more parts/],
]
for (const [hash, reason] of BAD_HASHES) {
  test(`A3: a hash that cannot be used is refused with the reason ${reason.source}: ${hash.slice(0, 24)}`, () => {
    const lines = refusal({ AUTH_USERNAME: 'ann', AUTH_PASSWORD_HASH: hash })
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /^AUTH_PASSWORD_HASH cannot be used: /)
    assert.match(lines[0] ?? '', reason)
  })
}

test('F1: no message holds a password, a hash, or a URL that may hold one', () => {
  const canary = 'canary-81f3'
  const environments: Environment[] = [
    { AUTH_PASSWORD: canary },
    { AUTH_USERNAME: 'a:b', AUTH_PASSWORD: `${canary}\u0000`, AUTH_PASSWORD_HASH: canary },
    { AUTH_USERNAME: 'ann', AUTH_PASSWORD_HASH: `$argon2id$${canary}$${canary}$${canary}` },
    { SERVER_PROXY_URL: `ftp://ann:${canary}@host/` },
  ]
  for (const environment of environments) assert.doesNotMatch(refusal(environment).join(), new RegExp(canary))
})

test('people see of the environment what is in force, without passwords', () => {
  const shown = shownEnvironment({
    AUTH_PASSWORD: 'canary',
    PUBLIC_URL: 'https://anna:canary@calendar.example.com/x',
    NO_PROXY: 'one',
    no_proxy: 'two',
    https_proxy: 'http://u:canary@proxy',
    data_dir: '/not/read',
  })
  const values = Object.fromEntries(shown.map(({ name, value }) => [name, value]))
  assert.deepEqual(
    ['AUTH_PASSWORD', 'PUBLIC_URL', 'NO_PROXY', 'HTTPS_PROXY', 'DATA_DIR'].map((name) => values[name]),
    ['***', 'https://***@calendar.example.com/x', 'two', '***', null],
  )
})
