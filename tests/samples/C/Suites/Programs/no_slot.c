// A tail call to a slot that the map does not have: the program goes on with what the helper answers.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 10);
} next SEC(".maps");

SEC("sample_ext")
int caller(sample_program_context_t *context)
{
    return bpf_tail_call(context, &next, 11);
}
