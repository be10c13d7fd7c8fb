import { slug } from './public-path.ts'

/** A name the import folder takes, made from that of the chosen file: `Klasse 3b (neu).ICS` as `klasse-3b-neu.ics`. */
export function importName(fileName: string): string {
  const stem = slug(fileName.replace(/\.(ics|ical|ifb|icalendar)$/i, '')).slice(0, 90)
  return `${stem.replace(/-+$/, '') || 'calendar'}.ics`
}
