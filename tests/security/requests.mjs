// Every operation of the interface's document as one request whose inputs are marked with `*`, as sqlmap wants them.

/** What stands for a schema: `given(name)` may know better than the schema what is worth sending. */
function valueOf(schema, name, given) {
  const known = given(name)
  if (known !== undefined) return known
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => valueOf(part, name, given)))
  if (schema.anyOf ?? schema.oneOf) return valueOf((schema.anyOf ?? schema.oneOf)[0], name, given)
  if (schema.enum) return schema.enum[0]
  const type = [schema.type].flat()[0]
  if (type === 'array') return [valueOf(schema.items, name, given)]
  if (type === 'object') return membersOf(schema, given)
  if (type === 'integer') return schema.default ?? schema.minimum ?? 1
  if (type === 'boolean') return schema.default ?? false
  if (type === 'number') return 1.5
  return 'tanfang'
}

function membersOf(schema, given) {
  const members = Object.entries(schema.properties ?? {}).map(([name, of]) => [name, valueOf(of, name, given)])
  return Object.fromEntries(members.filter(([, value]) => value !== null))
}

/** JSON with a mark in every name that is free and in every text; numbers and flags are not taken as text. */
function marked(value, free) {
  if (Array.isArray(value)) return `[${value.map((each) => marked(each, free)).join()}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([name, each]) => {
      const within = free || ['facts', 'answers', 'files'].includes(name)
      return `${JSON.stringify(free ? `${name}*` : name)}:${marked(each, within)}`
    })
    return `{${members.join()}}`
  }
  return JSON.stringify(typeof value === 'string' ? `${value}*` : value)
}

function multipart(values, file) {
  const part = (head, text) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`
  const fields = Object.entries(values).filter(([name]) => name !== 'file')
  return `${fields.map(([name, value]) => part(`name="${name}"`, `${value}*`)).join('')}${part(`name="file"; filename="list.csv"`, file)}--x--\r\n`
}

/** One request an operation, and one for each of its variants: what `given(operation, name, variant)` gives beyond 0. */
export function requestsOf(document, given, variants) {
  /** With all that `$ref` names in its place. */
  const dig = (thing) => {
    if (Array.isArray(thing)) return thing.map(dig)
    if (thing === null || typeof thing !== 'object') return thing
    if (thing.$ref) return dig(thing.$ref.split('/').slice(1).reduce((at, step) => at[step.replaceAll('~1', '/')], document))
    return Object.fromEntries(Object.entries(thing).map(([name, each]) => [name, name === 'responses' ? null : dig(each)]))
  }
  const requests = []
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
      if (!item[method]) continue
      const [operation, shared] = [dig(item[method]), dig(item.parameters ?? [])]
      for (let variant = 0; variant <= variants(operation.operationId); ++variant) {
        requests.push(requestOf(path, method, operation, shared, (name) => given(operation.operationId, name, variant)))
      }
    }
  }
  requests.forEach((request, index) => (request.name = `${request.id}-${index}`))
  return requests
}

/** The same for one item only, without marks. */
export const firstPage = ({ path, body = '' }) => ({
  path: path.replaceAll('*', '').replace('limit=50', 'limit=1'),
  body: body.replaceAll('*', '').replace('"limit":50', '"limit":1'),
})

/** The same for the page at `cursor`. */
export function pageAt(request, cursor) {
  const name = `${request.name}-page`
  if (request.body) return { ...request, name, body: request.body.replace('{', `{"cursor":"${cursor}*",`) }
  return { ...request, name, path: `${request.path}${request.path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}*` }
}

function requestOf(path, method, operation, shared, known) {
  const parameters = [...shared, ...(operation.parameters ?? [])]
  const of = (place) => parameters.filter((each) => each.in === place).map(({ name, schema }) => [name, valueOf(schema, name, known)])
  let target = `/api/v1${path}`
  for (const [name, value] of of('path')) target = target.replace(`{${name}}`, `${value}*`)
  const query = of('query').filter(([, value]) => value !== null).map(([name, value]) => `${name}=${value}*`)
  const headers = Object.fromEntries(of('header').map(([name, value]) => [name, `${value}*`]))
  const request = { id: operation.operationId, method: method.toUpperCase(), permission: operation['x-permission'], headers }
  request.paged = JSON.stringify([parameters, operation.requestBody ?? null]).includes('"cursor"')
  request.path = query.length > 0 ? `${target}?${query.join('&')}` : target
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  if (type === 'application/json') request.body = marked(valueOf(content.schema, '', known), false)
  if (type === 'multipart/form-data') request.body = multipart(valueOf(content.schema, '', known), known('file'))
  if (type?.startsWith('image/')) request.body = known('content')
  if (type) headers['Content-Type'] = type === 'multipart/form-data' ? `${type}; boundary=x` : type
  return request
}
