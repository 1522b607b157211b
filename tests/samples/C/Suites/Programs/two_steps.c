// A value in the first map is a key of the second. The program counts how often it finds nothing.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} first SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} second SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} misses SEC(".maps");

SEC("sample_ext")
int follow(sample_program_context_t *context)
{
    uint32_t zero = 0;
    uint32_t *step = bpf_map_lookup_elem(&first, &zero);
    if (step && bpf_map_lookup_elem(&second, step))
    {
        return 0;
    }

    uint32_t *count = bpf_map_lookup_elem(&misses, &zero);
    if (count)
    {
        __sync_fetch_and_add(count, 1);
    }

    return 1;
}
