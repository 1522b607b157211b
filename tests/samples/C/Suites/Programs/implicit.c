// The helpers that get the context on their own.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, 2);
} outcome SEC(".maps");

SEC("sample_ext")
int implicit(sample_program_context_t *context)
{
    uint32_t slot = 0;
    uint64_t value = sample_ebpf_extension_helper_implicit_1();
    bpf_map_update_elem(&outcome, &slot, &value, BPF_ANY);
    slot = 1;
    value = sample_ebpf_extension_helper_implicit_2(10);
    bpf_map_update_elem(&outcome, &slot, &value, BPF_ANY);
    return 42;
}
