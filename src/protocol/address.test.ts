import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classifyAddress } from './address.ts'

const FORBIDDEN = [
  ['this network', '0.0.0.0', '0.1.2.3'],
  ['link-local and metadata', '169.254.0.1', '169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  ['metadata of single clouds', '100.100.100.200', '192.0.0.192', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254'],
  ['multicast and broadcast', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', 'ff02::1'],
  ['mapped', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '::169.254.169.254'],
  ['NAT64', '64:ff9b::a9fe:a9fe', '64:ff9b::169.254.169.254', '64:ff9b:1::a9fe:a9fe'],
  ['6to4', '2002:a9fe:a9fe::', '2002:a9fe:a9fe::1'],
  ['Teredo', '2001:0:a9fe:a9fe::1', '2001:0:4136:e378:8000:63bf:5601:5601'],
  ['no address at all', '', 'localhost', '1.2.3', '::', '::g'],
] as const

const PRIVATE = [
  ['loopback', '127.0.0.1', '127.255.0.1', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1'],
  [
    'home and office',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    'fd12:3456::1',
    'fc00::1',
  ],
  ['through a translator', '64:ff9b::c0a8:101', '2002:c0a8:101::1'],
] as const

const PUBLIC = [
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '2002:808:808::1',
  '::ffff:8.8.8.8',
]

for (const [kind, ...addresses] of FORBIDDEN) {
  test(`D1: ${kind} is never connected to`, () => {
    for (const address of addresses) assert.equal(classifyAddress(address), 'forbidden', address)
  })
}

for (const [kind, ...addresses] of PRIVATE) {
  test(`D1: ${kind} is private`, () => {
    for (const address of addresses) assert.equal(classifyAddress(address), 'private', address)
  })
}

test('D1: other addresses are public', () => {
  for (const address of PUBLIC) assert.equal(classifyAddress(address), 'public', address)
})
