// Small things beside the database, nothing personal. Some browsers have no such memory, or refuse it: then nothing is known.

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function remember(name: string, text: string): void {
  try {
    localStorage.setItem(name, text)
  } catch {
    // It holds as long as the page is open.
  }
}
