// Days and months as the interface writes them: YYYY-MM-DD and YYYY-MM, in the official time of China.

const china = 8 * 3600_000

/** Today in China, wherever the browser is. */
export function today(now: number = Date.now()): string {
  return new Date(now + china).toISOString().slice(0, 10)
}

export const monthOf = (day: string) => day.slice(0, 7)

/** `count` months after `month`; negative for before. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + (number - 1) + count
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((((index % 12) + 12) % 12) + 1).padStart(2, '0')}`
}

export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}

/** Whole years from `birth` to `day`. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

/** An instant such as 2026-11-21T14:48:00+08:00, in minutes of China. */
export function minuteText(instant: string | null | undefined): string {
  if (!instant) return ''
  const time = Date.parse(instant)
  return Number.isNaN(time) ? instant : new Date(time + china).toISOString().slice(0, 16).replace('T', ' ')
}

/** The weeks of a month from Monday to Sunday; days of other months are left empty. */
export function weeksOf(month: string): string[][] {
  const before = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7
  const last = Number(lastDayOf(month).slice(8))
  const cells = Array.from({ length: Math.ceil((before + last) / 7) * 7 }, (_, i) => {
    const day = i - before + 1
    return day < 1 || day > last ? '' : `${month}-${String(day).padStart(2, '0')}`
  })
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
