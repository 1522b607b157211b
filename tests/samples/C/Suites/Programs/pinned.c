// Maps that are shared with whoever declares them so: a map of maps, and the map that takes what was found.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} inner SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
    __uint(pinning, LIBBPF_PIN_BY_NAME);
    __array(values, inner);
} outer SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
    __uint(pinning, LIBBPF_PIN_BY_NAME);
} ports SEC(".maps");

SEC("sample_ext")
int take(sample_program_context_t *context)
{
    uint32_t zero = 0;
    void *found = bpf_map_lookup_elem(&outer, &zero);
    uint32_t *value = found ? bpf_map_lookup_elem(found, &zero) : NULL;
    if (!value)
    {
        return 0;
    }

    uint32_t port = *value;
    bpf_map_update_elem(&ports, &zero, &port, BPF_ANY);
    return port;
}
