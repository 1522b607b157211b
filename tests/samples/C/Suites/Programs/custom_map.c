// A map of an extension, used by a program of the extension's type.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_SAMPLE_HASH_MAP);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 8);
} objects SEC(".maps");

SEC("sample_ext/put")
int put(sample_program_context_t *context)
{
    uint32_t zero = 0;
    uint32_t value = 42;
    return (int)bpf_map_update_elem(&objects, &zero, &value, BPF_ANY);
}

SEC("sample_ext/find")
int find(sample_program_context_t *context)
{
    uint32_t zero = 0;
    return bpf_map_lookup_elem(&objects, &zero) ? 1 : 0;
}

SEC("sample_ext/take_out")
int take_out(sample_program_context_t *context)
{
    uint32_t zero = 0;
    return (int)bpf_map_delete_elem(&objects, &zero);
}

SEC("sample_ext/push")
int push(sample_program_context_t *context)
{
    uint32_t value = 42;
    return (int)bpf_map_push_elem(&objects, &value, 0);
}

SEC("sample_ext/pop")
int pop(sample_program_context_t *context)
{
    uint32_t value;
    return (int)bpf_map_pop_elem(&objects, &value);
}
