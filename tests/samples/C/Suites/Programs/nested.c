// A map of maps that is declared with BTF: its value's type is the template.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct inner
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} inner SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
    __array(values, struct inner);
} outer SEC(".maps");

SEC("sample_ext")
int lookup(sample_program_context_t *context)
{
    uint32_t zero = 0;
    void *found = bpf_map_lookup_elem(&outer, &zero);
    uint32_t *value = found ? bpf_map_lookup_elem(found, &zero) : NULL;
    return value ? *value : 1;
}
