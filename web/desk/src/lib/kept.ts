/** A list of words that this browser keeps; null where it has none, or what it has is not ours. */
export function keptWords(key: string): string[] | null {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return Array.isArray(read) ? read.map(String) : null
  } catch {
    return null
  }
}
