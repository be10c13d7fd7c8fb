import assert from 'node:assert/strict'
import { test } from 'node:test'
import { destinationField, sourceField } from './field-errors.ts'

const reserved = "ICS path cannot start with 'public' — reserved for public ICS URLs"

test('each refusal of a source stands at its field', () => {
  const cases = [
    ['Name cannot be empty', 'name'],
    ['CalDAV URL is not a valid URL; it begins with http://, https:// and names a host', 'caldav_url'],
    ['CalDAV URL must not contain a user name or password; enter them as Username and Password', 'caldav_url'],
    ['CalDAV URL now points to another server; enter the password again, so that …', 'password'],
    ['Username cannot be empty', 'username'],
    ['Password cannot be empty', 'password'],
    ['ICS Path cannot be empty', 'ics_path'],
    ['Duplicate ICS Path is not allowed', 'ics_path'],
    ['ICS path conflicts with an existing source path', 'ics_path'],
    ['Public ICS path must not start with /', 'public_ics_path'],
    ['Duplicate public ICS path is not allowed', 'public_ics_path'],
    ['Public path conflicts with an existing source path', 'public_ics_path'],
    ['Public ICS path cannot be the same as the ICS path', 'public_ics_path'],
    ['Sync interval cannot be negative', 'interval'],
    [
      'Failed to deserialize the JSON body into the target type: sync_interval_secs: the number is out of range',
      'interval',
    ],
    ['Failed to deserialize the JSON body into the target type: missing field `name`', 'name'],
    ['Internal error', null],
  ] as const
  for (const [message, field] of cases) assert.equal(sourceField(message, 'work'), field, message)
})

test('the reserved word is shown at the path that begins with it', () => {
  assert.equal(sourceField(reserved, 'public/x'), 'ics_path')
  assert.equal(sourceField(reserved, 'work'), 'public_ics_path')
})

test('each refusal of a destination stands at its field', () => {
  const cases = [
    ['ICS URL must begin with http://, https://, webcal://, webcals://', 'ics_url'],
    ['Calendar name cannot be empty', 'calendar_name'],
    ['CalDAV URL cannot be empty', 'caldav_url'],
    ['Name cannot be empty', 'name'],
    ['The database is full', null],
  ] as const
  for (const [message, field] of cases) assert.equal(destinationField(message), field, message)
})
