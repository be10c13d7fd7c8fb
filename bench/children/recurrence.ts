/** Occurrences of everyday rules in a zone; every contender reads the rule anew and gives the same instants. */
import { hash } from 'node:crypto'
import { writeComponents } from '../../src/core/ical/lines.ts'
import { isFuture } from '../../src/core/ical/window.ts'
import { defineZone } from '../../src/core/ical/zones-define.ts'
import { occurrences } from '../../src/core/recurrence/occurrences.ts'
import { objectOf } from '../../test/recurrence-samples.ts'
import { loadPeer } from '../lib/peers.ts'
import { type Repeated, runRepeated } from '../lib/repeat.ts'
import { NOW, QUESTIONS, SERIES, START, ZONE } from '../lib/rules.ts'

const startLine = `DTSTART;TZID=${ZONE}:${START}`
const lines = (rule: string) => [startLine, `DTEND;TZID=${ZONE}:${START.replace('T09', 'T10')}`, `RRULE:${rule}`]

/** Epoch seconds of every occurrence of all rules. */
function expanding(expand: (into: number[]) => void): Repeated {
  let found: number[] = []
  return {
    work() {
      found = []
      expand(found)
    },
    describe: () => ({ count: found.length, digest: hash('sha256', found.join(), 'hex') }),
  }
}

function answering(answer: () => boolean[]): Repeated {
  let answers: boolean[] = []
  return {
    work() {
      answers = answer()
    },
    describe: () => answers,
  }
}

interface Moment {
  readonly epochMilliseconds: number
}
interface RRuleTemporal {
  all(): Moment[]
  next(after: Date): Moment | null
}
type RRuleTemporalClass = new (options: { rruleString: string }) => RRuleTemporal

interface IcalTime {
  toUnixTime(): number
}
interface IcalJs {
  parse(text: string): unknown
  Component: new (jcal: unknown) => { getFirstSubcomponent(name: string): object }
  Timezone: new (component: object) => object
  TimezoneService: { register(zone: object, name: string): void }
  Event: new (component: object, options: { exceptions: [] }) => { iterator(): { next(): IcalTime | null } }
}

function rruleTemporal() {
  const { RRuleTemporal } = loadPeer<{ RRuleTemporal: RRuleTemporalClass }>('rrule-temporal')
  return (rule: string) => new RRuleTemporal({ rruleString: `${startLine}\nRRULE:${rule}` })
}

function icalJs(): Repeated {
  const loaded = loadPeer<IcalJs & { default?: IcalJs }>('ical.js')
  const { parse, Component, Timezone, TimezoneService, Event } = loaded.default ?? loaded
  const zone = defineZone(ZONE)
  if (zone === null) throw new Error(`${ZONE} is not known`)
  TimezoneService.register(new Timezone(new Component(parse(writeComponents([zone])))), ZONE)
  const texts = SERIES.map((rule) => ['BEGIN:VEVENT', 'UID:a', ...lines(rule), 'END:VEVENT', ''].join('\r\n'))
  const components = texts.map((text) => new Component(parse(text)))
  return expanding((into) => {
    for (const component of components) {
      const iterator = new Event(component, { exceptions: [] }).iterator()
      for (let time = iterator.next(); time !== null && time !== undefined; time = iterator.next())
        into.push(time.toUnixTime())
    }
  })
}

await runRepeated({
  ours() {
    const objects = SERIES.map((rule) => objectOf([lines(rule)]))
    return expanding((into) => {
      for (const object of objects) for (const { epoch } of occurrences(object, ZONE)) into.push(epoch / 1000)
    })
  },
  rruleTemporal() {
    const make = rruleTemporal()
    return expanding((into) => {
      for (const rule of SERIES)
        for (const { epochMilliseconds } of make(rule).all()) into.push(epochMilliseconds / 1000)
    })
  },
  icalJs,
  oursFuture() {
    const objects = QUESTIONS.map((rule) => objectOf([lines(rule)]))
    return answering(() => objects.map((object) => isFuture(object, NOW, { defaultZone: ZONE })))
  },
  rruleTemporalFuture() {
    const make = rruleTemporal()
    // An occurrence lasts an hour: one that began within the last hour has not ended.
    const after = new Date(NOW - 3_600_000)
    return answering(() => QUESTIONS.map((rule) => make(rule).next(after) !== null))
  },
})
