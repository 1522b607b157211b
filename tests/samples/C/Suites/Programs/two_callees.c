// A program that continues with the one in slot 0, which continues with the one in slot 9. User mode fills the slots.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 10);
} next SEC(".maps");

SEC("sample_ext/0")
int callee0(sample_program_context_t *context)
{
    bpf_tail_call(context, &next, 9);
    return 2;
}

SEC("sample_ext/1")
int callee1(sample_program_context_t *context)
{
    return 3;
}

SEC("sample_ext")
int caller(sample_program_context_t *context)
{
    bpf_tail_call(context, &next, 0);
    return 1;
}
