import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failureOf } from '../../test/failure.ts'
import { ask, serve } from '../../test/one-request.ts'
import { Secret } from '../core/types.ts'

const credentials = { username: 'alice', password: new Secret('canary-4711') }

describe('redirects', () => {
  const statuses = [301, 302, 303, 307, 308]

  test('D4: reads keep their method and body on every kind of redirect', async () => {
    for (const status of statuses) {
      await serve(
        (seen, response) => {
          if (seen.url === '/to') response.end('there')
          else response.writeHead(status, { location: '/to' }).end('moved')
        },
        async (origin, seen) => {
          const answer = await ask({ method: 'REPORT', url: `${origin}/from`, body: '<x/>', credentials })
          assert.deepEqual([answer.text, answer.url], ['there', `${origin}/to`])
          assert.deepEqual([seen[1]?.method, seen[1]?.body], ['REPORT', '<x/>'])
          assert.ok(seen[1]?.headers.authorization)
        },
      )
    }
  })

  test('D4: a loop is named, and a chain ends after five hops', async () => {
    await serve(
      ({ url }, response) => response.writeHead(302, { location: url === '/a' ? '/b' : '/a' }).end(),
      async (origin) => {
        const error = await failureOf(ask({ url: `${origin}/a` }))
        assert.match(error.message, /in a circle: .*\/a → .*\/b → .*\/a/)
      },
    )
    await serve(
      ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end(),
      async (origin, seen) => {
        assert.match((await failureOf(ask({ url: `${origin}/` }))).message, /more than 5 times/)
        assert.equal(seen.length, 6)
      },
    )
  })

  test('D5: writes are never redirected, neither elsewhere nor here, and never become a GET', async () => {
    await serve(
      (_, response) => response.end(),
      async (other, elsewhere) => {
        for (const status of statuses) {
          for (const location of [`${other}/stolen`, '/moved']) {
            await serve(
              (_, response) => response.writeHead(status, { location }).end(),
              async (origin, seen) => {
                for (const method of ['PUT', 'DELETE'] as const) {
                  assert.equal((await ask({ method, url: `${origin}/x`, credentials })).status, status)
                }
                assert.deepEqual(
                  seen.map(({ method, url }) => [method, url]),
                  [
                    ['PUT', '/x'],
                    ['DELETE', '/x'],
                  ],
                )
              },
            )
          }
        }
        assert.deepEqual(elsewhere, [])
      },
    )
  })

  test('D6: another origin is not shown the credentials', async () => {
    await serve(
      (_, response) => response.writeHead(401).end(),
      async (other, elsewhere) => {
        await serve(
          (_, response) => response.writeHead(307, { location: other.replace('http://', 'http://bob:x@') }).end(),
          async (origin) => {
            const answer = await ask({ url: origin, credentials })
            assert.deepEqual([answer.status, answer.credentialsWithheld], [401, true])
          },
        )
        assert.equal(elsewhere[0]?.headers.authorization, undefined)
      },
    )
  })

  test('D1: a redirect to a metadata address is refused', async () => {
    await serve(
      (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
      async (origin) => {
        assert.equal((await failureOf(ask({ url: origin }))).kind, 'refused')
      },
    )
  })
})
