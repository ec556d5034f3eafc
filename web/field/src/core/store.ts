// What the phone keeps: four tables of the browser's database, each change of them all or nothing.
//   meta    by name: the device, the vault, the book of people (encrypted), the clock
//   rows    by key: what was saved and how far it came; small, readable without the PIN, without personal data
//   parts   by key: the sealed bytes of a row, and a copy for mending (encrypted); gone once the server has them
//   drafts  by id: records under way (encrypted)
import { openDB, type IDBPDatabase, type IDBPTransaction } from 'idb'

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
  /** Without reading what may be large. */
  has(table: Table, key: string): Promise<boolean>
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

/** A disk without room may leave a write without any answer; nobody waits longer for one, and it may be tried again. */
const patience = 20_000
export const within = <T>(answer: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), patience)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })

type Begun = IDBPTransaction<unknown, Table[], 'readwrite'>

class DatabaseStore implements Store {
  readonly lasting = true
  private opened: Promise<IDBPDatabase> | null = null
  constructor(private name: string) {}

  /** Browsers close a database that they cannot write to; it is opened again by whoever needs it next. */
  database(): Promise<IDBPDatabase> {
    if (this.opened) return this.opened
    const forget = () => this.forget(opened)
    const opened: Promise<IDBPDatabase> = openDB(this.name, 1, {
      upgrade: (made) => tables.forEach((table) => made.createObjectStore(table)),
      terminated: forget,
    }).catch((error: unknown) => {
      forget()
      throw error
    })
    return (this.opened = opened)
  }
  /** Unless another one was opened since. */
  private forget(opened: Promise<IDBPDatabase>): void {
    if (this.opened === opened) this.opened = null
  }
  /** `again`: it was closed, and that was not told yet. */
  private async ask<T>(question: (database: IDBPDatabase) => T | Promise<T>, again = true): Promise<T> {
    const asked = this.database()
    try {
      return await question(await asked)
    } catch (error) {
      if (!again || !(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error
      this.forget(asked)
      return this.ask(question, false)
    }
  }
  private begin(names: Table[], how?: IDBTransactionOptions): Promise<Begun> {
    return this.ask((database) => database.transaction(names, 'readwrite', how))
  }

  get<T>(table: Table, key: string) {
    return this.ask<T | undefined>((database) => database.get(table, key))
  }
  all<T>(table: Table) {
    return this.ask<T[]>((database) => database.getAll(table))
  }
  has(table: Table, key: string) {
    return this.ask(async (database) => (await database.getKey(table, key)) !== undefined)
  }

  async write(changes: Change[]) {
    const names = tables.filter((table) => changes.some((each) => each.table === table))
    if (names.length === 0) return
    const transaction = await this.begin(names, { durability: 'strict' })
    const steps = changes.map((each): Promise<unknown> => {
      const table = transaction.objectStore(each.table)
      if ('put' in each) return table.put(each.put, each.key)
      if ('add' in each) return table.add(each.add, each.key)
      return 'clear' in each ? table.clear() : table.delete(each.key)
    })
    // Why the whole of it failed is what the transaction says; its steps only say that they were undone.
    steps.forEach((step) => step.catch(() => undefined))
    await within(transaction.done)
  }

  async lease(name: string, owner: string, now: number, ms: number) {
    const transaction = await this.begin(['meta'])
    transaction.done.catch(() => undefined)
    const table = transaction.objectStore('meta')
    const held = (await table.get(`lease ${name}`)) as Lease | undefined
    const free = isFree(held, owner, now, ms)
    if (free) await table.put({ owner, until: now + ms }, `lease ${name}`)
    await transaction.done
    return free
  }

  close() {
    void this.opened?.then((database) => database.close())
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
  async has(table: Table, key: string) {
    return this.of(table).has(key)
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
    const store = new DatabaseStore(name)
    await store.database()
    return store
  } catch {
    return new MemoryStore()
  }
}
