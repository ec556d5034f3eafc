// What the phone keeps: four tables of the browser's database, each change of them all or nothing.
//   meta    by name: the device, the vault, the book of people (encrypted), the clock
//   rows    by key: what was saved and how far it came; small, readable without the PIN, without personal data
//   parts   by key: the sealed bytes of a row, and a copy for mending (encrypted); gone once the server has them
//   drafts  by id: records under way (encrypted)
import { openDB, type IDBPDatabase } from 'idb'

export type Table = 'meta' | 'rows' | 'parts' | 'drafts'
export const tables: Table[] = ['meta', 'rows', 'parts', 'drafts']

export type Change =
  | { table: Table; key: string; put: unknown }
  /** The whole change fails where the key is there already. */
  | { table: Table; key: string; add: unknown }
  | { table: Table; key: string; remove: true }
  | { table: Table; clear: true }

export interface Store {
  /** Whether it outlives the page. */
  readonly lasting: boolean
  get<T>(table: Table, key: string): Promise<T | undefined>
  all<T>(table: Table): Promise<T[]>
  /** All of it or nothing; resolves once it is on the disk. Rejects with QuotaExceededError where there is no room. */
  write(changes: Change[]): Promise<void>
  /** Takes the lease of that name for `ms`, unless somebody else holds it. */
  lease(name: string, owner: string, now: number, ms: number): Promise<boolean>
  close(): void
}

interface Lease {
  owner: string
  until: number
}

const isFree = (held: Lease | undefined, owner: string, now: number, ms: number) =>
  // A lease further away than it can last was taken under another clock.
  !held || held.owner === owner || held.until <= now || held.until > now + ms

class DatabaseStore implements Store {
  readonly lasting = true
  constructor(private database: IDBPDatabase) {}

  get<T>(table: Table, key: string) {
    return this.database.get(table, key) as Promise<T | undefined>
  }
  all<T>(table: Table) {
    return this.database.getAll(table) as Promise<T[]>
  }

  async write(changes: Change[]) {
    const names = tables.filter((table) => changes.some((each) => each.table === table))
    if (names.length === 0) return
    const transaction = this.database.transaction(names, 'readwrite', { durability: 'strict' })
    const steps = changes.map((each): Promise<unknown> => {
      const table = transaction.objectStore(each.table)
      if ('put' in each) return table.put(each.put, each.key)
      if ('add' in each) return table.add(each.add, each.key)
      return 'clear' in each ? table.clear() : table.delete(each.key)
    })
    // Why the whole of it failed is what the transaction says; its steps only say that they were undone.
    steps.forEach((step) => step.catch(() => undefined))
    await transaction.done
  }

  async lease(name: string, owner: string, now: number, ms: number) {
    const transaction = this.database.transaction('meta', 'readwrite')
    const held = (await transaction.store.get(`lease ${name}`)) as Lease | undefined
    const free = isFree(held, owner, now, ms)
    if (free) await transaction.store.put({ owner, until: now + ms }, `lease ${name}`)
    await transaction.done
    return free
  }

  close() {
    this.database.close()
  }
}

/** Where a browser keeps nothing: as long as the page is open. */
export class MemoryStore implements Store {
  readonly lasting = false
  private kept = new Map<Table, Map<string, unknown>>(tables.map((table) => [table, new Map()]))

  private of(table: Table) {
    return this.kept.get(table) as Map<string, unknown>
  }
  async get<T>(table: Table, key: string) {
    return this.of(table).get(key) as T | undefined
  }
  async all<T>(table: Table) {
    return [...this.of(table).values()] as T[]
  }
  async write(changes: Change[]) {
    if (changes.some((each) => 'add' in each && this.of(each.table).has(each.key)))
      throw new DOMException('the key is there already', 'ConstraintError')
    for (const each of changes) {
      if ('clear' in each) this.of(each.table).clear()
      else if ('remove' in each) this.of(each.table).delete(each.key)
      else this.of(each.table).set(each.key, 'put' in each ? each.put : each.add)
    }
  }
  async lease() {
    return true
  }
  close() {}
}

/** In memory where the browser has no database or refuses it, as in private windows of some. */
export async function openStore(name: string): Promise<Store> {
  try {
    const database = await openDB(name, 1, {
      upgrade: (made) => tables.forEach((table) => made.createObjectStore(table)),
    })
    return new DatabaseStore(database)
  } catch {
    return new MemoryStore()
  }
}
