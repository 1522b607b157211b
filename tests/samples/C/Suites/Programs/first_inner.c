// A hash of maps that has its first map from the start, and one whose template has no name.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct inner
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
    __array(values, struct inner);
} outer SEC(".maps") = {
    .values = {&inner},
};

struct
{
    __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
    __array(
        values, struct {
            __uint(type, BPF_MAP_TYPE_HASH);
            __type(key, uint32_t);
            __type(value, uint32_t);
            __uint(max_entries, 1);
        });
} nameless SEC(".maps");

SEC("sample_ext")
int lookup(sample_program_context_t *context)
{
    uint32_t zero = 0;
    void *found = bpf_map_lookup_elem(&outer, &zero);
    return found && !bpf_map_lookup_elem(&nameless, &zero) ? 0 : 1;
}
