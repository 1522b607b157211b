// One program and one map: 42, if the extension's helper is there.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 2);
} answers SEC(".maps");

SEC("sample_ext")
int answer(sample_program_context_t *context)
{
    uint32_t slot = 1;
    uint32_t *found = bpf_map_lookup_elem(&answers, &slot);
    if (found)
    {
        *found = 42;
    }

    return sample_ebpf_extension_helper_function1(context) == INT64_MIN ? 0 : 42;
}
