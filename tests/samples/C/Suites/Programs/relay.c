// A row of programs, each of which continues with the next one: one more than may run.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

#define EACH(X)                                                                                                              \
    X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20)      \
    X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31) X(32) X(33) X(34)

#define DECLARE(n) int step##n(sample_program_context_t *context);
#define SLOT(n) [n] = &step##n,

EACH(DECLARE)

struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 35);
    __array(values, int(sample_program_context_t *));
} steps SEC(".maps") = {
    .values = {EACH(SLOT)},
};

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} runs SEC(".maps");

static __always_inline int step(sample_program_context_t *context, uint32_t number)
{
    uint32_t zero = 0;
    uint32_t *count = bpf_map_lookup_elem(&runs, &zero);
    if (!count)
    {
        return 1;
    }

    bpf_printk("step %u: %u", number, *count);
    (*count)++;
    return bpf_tail_call(context, &steps, number + 1);
}

#define DEFINE(n)                                                                                                            \
    SEC("sample_ext/" #n) int step##n(sample_program_context_t *context)                                                     \
    {                                                                                                                        \
        return step(context, n);                                                                                             \
    }

EACH(DEFINE)
