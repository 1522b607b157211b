// A chain of tail calls: the first program continues with the second, and that with the third, which drops the packet.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

xdp_hook_t second;
xdp_hook_t third;

// The programs are in the map from the start. Slots 0 and 3 are empty.
struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 4);
    __array(values, xdp_action_t(xdp_md_t *));
} steps SEC(".maps") = {
    .values = {[1] = &second, [2] = &third},
};

// Runs of each program.
struct
{
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, 3);
} runs SEC(".maps");

static __always_inline xdp_action_t step(xdp_md_t *context, uint32_t number)
{
    uint64_t *count = bpf_map_lookup_elem(&runs, &number);
    if (count)
    {
        (*count)++;
    }

    bpf_tail_call(context, &steps, number + 1);

    // Only where there is no such program.
    return XDP_DROP;
}

SEC("xdp/first")
xdp_action_t first(xdp_md_t *context)
{
    return step(context, 0);
}

SEC("xdp/second")
xdp_action_t second(xdp_md_t *context)
{
    return step(context, 1);
}

SEC("xdp/third")
xdp_action_t third(xdp_md_t *context)
{
    return step(context, 2);
}

char _license[] SEC("license") = "MIT";
