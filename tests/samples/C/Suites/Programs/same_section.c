// Two programs in one section, the first of which continues with the second.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

int callee(sample_program_context_t *context);

struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 10);
    __array(values, int(sample_program_context_t *));
} next SEC(".maps") = {
    .values = {[0] = &callee},
};

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} answers SEC(".maps");

SEC("sample_ext")
int caller(sample_program_context_t *context)
{
    uint32_t slot = 0;
    uint32_t answer = (uint32_t)bpf_tail_call(context, &next, 0);
    bpf_map_update_elem(&answers, &slot, &answer, BPF_ANY);
    return 6;
}

SEC("sample_ext")
int callee(sample_program_context_t *context)
{
    return 42;
}
