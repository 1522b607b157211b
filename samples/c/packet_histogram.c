// A histogram of packet sizes on each processor: bucket n counts packets of 2^n bytes and more.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

#define BUCKETS 17

struct
{
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, BUCKETS);
} sizes SEC(".maps");

// The position of the highest bit. BPF has no instruction for it.
static __always_inline uint32_t log2_of(uint32_t value)
{
    uint32_t result = 0;
    for (uint32_t half = 16; half != 0; half /= 2)
    {
        if (value >> half)
        {
            value >>= half;
            result += half;
        }
    }

    return result;
}

SEC("xdp")
xdp_action_t count_sizes(xdp_md_t *context)
{
    uint32_t bucket = log2_of(context->data_end - context->data);
    if (bucket >= BUCKETS)
    {
        bucket = BUCKETS - 1;
    }

    uint64_t *count = bpf_map_lookup_elem(&sizes, &bucket);
    if (count)
    {
        (*count)++;
    }

    return XDP_PASS;
}

char _license[] SEC("license") = "MIT";
