// A birth date as it is typed: the phone's own calendar begins today, hundreds of presses from 1942; pure.

export type BirthFault = 'form' | 'day' | 'range'

// Other words, such as those for a day of the moon's calendar, mean another day.
const apart = /^(\d{4})[年./\s-]+(\d{1,2})[月./\s-]+(\d{1,2})[日\s]*$/

/** `19420315`, `1942-3-15`, `1942年3月15日`, also in full width; `today` is the last day there is. */
export function readBirth(typed: string, today: string): { date: string } | { fault: BirthFault } {
  const text = typed.normalize('NFKC').trim()
  const found = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? apart.exec(text)
  if (!found) return { fault: 'form' }
  const [year = '', month = '', day = ''] = found.slice(1)
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== date) return { fault: 'day' }
  return date > today || date < '1900' ? { fault: 'range' } : { date }
}

/** Whole years on that day. */
export const ageOn = (birth: string, day: string): number =>
  Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0)
