// The citizen number of GB 11643: seventeen digits and a check character; it tells birth date and sex.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

export const birthIn = (number: string) => `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
export const sexIn = (number: string): 'male' | 'female' => (Number(number[16]) % 2 === 1 ? 'male' : 'female')

export function isCitizenNumber(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false
  const birth = birthIn(number)
  const instant = Date.parse(`${birth}T00:00:00Z`)
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== birth) return false
  const sum = weights.reduce((all, weight, i) => all + weight * Number(number[i]), 0)
  return '10X98765432'[sum % 11] === number[17]
}
