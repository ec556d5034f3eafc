// What browsers of 2018 have not yet of what is used here; read before everything else. Older ones are told so by
// index.html.
function lacks(where: object, name: string, otherwise: unknown): void {
  if (!(name in where)) Object.defineProperty(where, name, { value: otherwise, configurable: true, writable: true })
}

export {}

type Turn = (each: unknown, i: number, all: unknown[]) => unknown

lacks(self, 'globalThis', self)
// Nothing is broken off then, but whoever waits for it gives up.
lacks(
  self,
  'AbortController',
  class {
    signal: { onabort?: () => void } = {}
    abort() {
      this.signal.onabort?.()
    }
  },
)
lacks(Array.prototype, 'flatMap', function (this: unknown[], turn: Turn) {
  return ([] as unknown[]).concat(...this.map(turn))
})
lacks(Object, 'fromEntries', (entries: Iterable<[string, unknown]>) => {
  const made: Record<string, unknown> = {}
  for (const [name, value] of entries) made[name] = value
  return made
})
