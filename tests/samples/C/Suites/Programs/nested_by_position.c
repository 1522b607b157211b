// A map of maps in the older section maps, which names its template by its position.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

SEC("maps")
struct bpf_map_def inner = {
    .type = BPF_MAP_TYPE_HASH,
    .key_size = sizeof(uint32_t),
    .value_size = sizeof(uint32_t),
    .max_entries = 1,
};

SEC("maps")
struct bpf_map_def outer = {
    .type = BPF_MAP_TYPE_ARRAY_OF_MAPS,
    .key_size = sizeof(uint32_t),
    .value_size = sizeof(uint32_t),
    .max_entries = 1,
    .inner_map_idx = 0,
};

SEC("sample_ext")
int lookup(sample_program_context_t *context)
{
    uint32_t zero = 0;
    void *found = bpf_map_lookup_elem(&outer, &zero);
    uint32_t *value = found ? bpf_map_lookup_elem(found, &zero) : NULL;
    return value ? *value : 1;
}
