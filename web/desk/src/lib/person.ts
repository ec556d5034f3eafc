// One person's file: read with its tag, changed against that tag, and what a person may do with it.
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, inject, provide, ref, type InjectionKey, type Ref } from 'vue'
import { api, freshKey, type Schemas } from './api'
import { useSession } from './session'
import { useSubmit } from './submit'

export type Person = Schemas['Person']

interface Held {
  person: Person
  tag: string
}

function makeFile(id: Ref<string>) {
  const queries = useQueryClient()
  const key = computed(() => ['person', id.value])
  const query = useQuery({
    queryKey: key,
    queryFn: async (): Promise<Held> => {
      const { data, response } = await api.GET('/people/{person}', { params: { path: { person: id.value } } })
      return { person: data as Person, tag: response.headers.get('ETag') ?? '' }
    },
  })
  /** What a recorded look showed; kept only as long as the page. */
  const revealed = ref<Partial<Person>>({})
  const person = computed(() => (query.data.value ? { ...query.data.value.person, ...revealed.value } : null))
  return {
    id,
    person,
    tag: computed(() => query.data.value?.tag ?? ''),
    revealed,
    error: query.error,
    reload: query.refetch,
    mayWrite: computed(() => useSession().may('people_write')),
    /** Everything shown of the person is asked for again. */
    changed: async () => {
      revealed.value = {}
      await queries.invalidateQueries({ queryKey: key.value })
    },
  }
}

export type PersonFile = ReturnType<typeof makeFile>
const place: InjectionKey<PersonFile> = Symbol('person')

export function providePerson(id: Ref<string>): PersonFile {
  const file = makeFile(id)
  provide(place, file)
  return file
}

export const usePerson = () => inject(place) as PersonFile

/** An edit of the file: made from the state that was read when the form opened. */
export function useEdit() {
  const file = usePerson()
  const { busy, problem, submit, fieldError } = useSubmit()
  const tag = ref(file.tag.value)
  const key = freshKey()
  const conflict = computed(() => problem.value?.code === 'precondition.failed')
  return {
    busy,
    problem,
    fieldError,
    conflict,
    /** `send` gets the parameters of the call. Whether it was done. */
    save: async (send: (params: EditParameters) => Promise<unknown>) => {
      const parameters = { path: { person: file.id.value }, header: { 'If-Match': tag.value, 'Idempotency-Key': key } }
      if (!(await submit(() => send(parameters)))) return false
      await file.changed()
      return true
    },
    /** After a conflict: the newest state is shown beside, and the next save is made from it. */
    accept: async () => {
      await file.reload()
      tag.value = file.tag.value
      problem.value = null
    },
  }
}

export interface EditParameters {
  path: { person: string }
  header: { 'If-Match': string; 'Idempotency-Key': string }
}
