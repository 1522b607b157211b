// A program that continues with itself until that is refused.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

int recurse(sample_program_context_t *context);

struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
    __array(values, int(sample_program_context_t *));
} next SEC(".maps") = {
    .values = {[0] = &recurse},
};

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} runs SEC(".maps");

SEC("sample_ext")
int recurse(sample_program_context_t *context)
{
    uint32_t zero = 0;
    uint32_t *count = bpf_map_lookup_elem(&runs, &zero);
    if (!count)
    {
        return 1;
    }

    bpf_printk("run %u", *count);
    (*count)++;
    return bpf_tail_call(context, &next, 0);
}
