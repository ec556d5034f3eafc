// Values of facts as people read them, areas by their names.
import { facts, valueText } from '@tanfang/shared/vocabulary'
import { computed, type Ref } from 'vue'
import { useAreaNames } from './area'
import { useLanguage } from './language'

export type Said = readonly [fact: string, value: unknown]

const isArea = (fact: string) => facts[fact]?.type === 'area'

/** `said`: what is to be read, so that the names of its areas are asked for. */
export function useFactText(said: Ref<readonly Said[]>) {
  const { language } = useLanguage()
  const codes = () => said.value.flatMap(([fact, value]) => (isArea(fact) && value ? [String(value)] : []))
  const names = useAreaNames(computed(() => [...new Set(codes())]))
  return (fact: string, value: unknown) =>
    isArea(fact) ? (names.value[String(value)] ?? String(value)) : valueText(facts[fact], value, language.value)
}
