// Programs that share functions, which call each other, in a loop, and use maps.

#include "bpf_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint64_t);
    __type(value, uint64_t);
    __uint(max_entries, 16);
} binds SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} turns SEC(".maps");

static __noinline int one_more_turn(void)
{
    uint32_t zero = 0;
    uint32_t *count = bpf_map_lookup_elem(&turns, &zero);
    if (!count)
    {
        return 0;
    }

    (*count)++;
    return *count;
}

static __noinline int by_process(bind_md_t *context)
{
    return context->process_id == 0 ? BIND_DENY : context->process_id == 1 ? BIND_REDIRECT : BIND_PERMIT_SOFT;
}

static __noinline uint64_t odd(uint64_t number)
{
    return number & 1;
}

static __noinline uint64_t even(uint64_t number)
{
    return odd(number) ^ 1;
}

static __noinline void count(uint64_t process)
{
    uint64_t one = 1;
    uint64_t *found = bpf_map_lookup_elem(&binds, &process);
    if (found)
    {
        (*found)++;
    }
    else
    {
        bpf_map_update_elem(&binds, &process, &one, BPF_ANY);
    }
}

SEC("bind/decide")
bind_action_t decide(bind_md_t *context)
{
    return by_process(context);
}

SEC("bind/two_functions")
bind_action_t two_functions(bind_md_t *context)
{
    return even(context->process_id) && by_process(context) == BIND_PERMIT_SOFT ? BIND_REDIRECT : BIND_DENY;
}

SEC("bind/count")
bind_action_t count_binds(bind_md_t *context)
{
    count(context->process_id);
    return BIND_PERMIT_SOFT;
}

SEC("bind/loop")
int loop(bind_md_t *context)
{
    int last = 0;
    for (int i = 0; i < 10; i++)
    {
        last = one_more_turn();
    }

    return last == 10 ? BIND_REDIRECT : BIND_DENY;
}
