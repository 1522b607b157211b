// The helper that only types with something to redirect to have, called by a type that has it.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 64);
} targets SEC(".maps");

SEC("sample_ext")
int redirect(sample_program_context_t *context)
{
    return (int)bpf_redirect_map(&targets, 0, 0);
}
