// How many ports a process has, at most; and who it was that asked.

#include "bpf_helpers.h"

struct holder
{
    uint32_t ports;
    uint8_t application[60];
};

struct audit
{
    uint64_t logon;
    int32_t is_admin;
};

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint64_t);
    __type(value, struct holder);
    __uint(max_entries, 1024);
} holders SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} limits SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint64_t);
    __type(value, struct audit);
    __uint(max_entries, 1024);
} audits SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 2);
} next SEC(".maps");

static __always_inline bind_action_t decide(bind_md_t *context)
{
    uint32_t zero = 0;
    uint64_t process = context->process_id;
    uint32_t *limit = bpf_map_lookup_elem(&limits, &zero);
    struct holder *holder = bpf_map_lookup_elem(&holders, &process);
    if (!holder)
    {
        struct holder first = {0};
        if (context->app_id_start + 8 <= context->app_id_end)
        {
            __builtin_memcpy(first.application, context->app_id_start, 8);
        }

        bpf_map_update_elem(&holders, &process, &first, BPF_ANY);
        holder = bpf_map_lookup_elem(&holders, &process);
    }

    if (!limit || !holder)
    {
        return BIND_PERMIT_SOFT;
    }

    if (context->operation == BIND_OPERATION_UNBIND)
    {
        if (holder->ports > 0)
        {
            holder->ports--;
        }

        if (holder->ports == 0)
        {
            bpf_map_delete_elem(&holders, &process);
        }

        return BIND_PERMIT_SOFT;
    }

    if (holder->ports >= *limit)
    {
        return BIND_DENY;
    }

    holder->ports++;
    return BIND_PERMIT_SOFT;
}

SEC("bind")
bind_action_t limit_ports(bind_md_t *context)
{
    struct audit audit = {.logon = bpf_get_current_logon_id(context), .is_admin = bpf_is_current_admin(context)};
    uint64_t who = bpf_get_current_pid_tgid();
    bpf_map_update_elem(&audits, &who, &audit, BPF_ANY);
    return decide(context);
}

SEC("bind/first")
bind_action_t first(bind_md_t *context)
{
    bpf_tail_call(context, &next, 0);
    return BIND_DENY;
}

SEC("bind/second")
bind_action_t second(bind_md_t *context)
{
    bpf_tail_call(context, &next, 1);
    return BIND_DENY;
}

SEC("bind/last")
bind_action_t last(bind_md_t *context)
{
    return decide(context);
}
