// Decisions about connections in both families, by a map of rules, and what the hooks know of a connection.

#include "bpf_helpers.h"

struct rule
{
    uint32_t address[4];
    uint16_t port;
    uint16_t family;
    uint32_t protocol;
};

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct rule);
    __type(value, uint32_t);
    __uint(max_entries, 16);
} egress SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct rule);
    __type(value, uint32_t);
    __uint(max_entries, 16);
} ingress SEC(".maps");

struct known
{
    uint64_t cookie;
    uint64_t process;
    uint64_t luid;
    uint64_t next_hop;
    uint32_t interface_type;
    uint32_t compartment;
};

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, struct known);
    __uint(max_entries, 1);
} known SEC(".maps");

static __always_inline int by_rule(bpf_sock_addr_t *context, void *rules, bool is_v6)
{
    struct rule rule = {.port = context->user_port, .family = context->family, .protocol = context->protocol};
    if (is_v6)
    {
        __builtin_memcpy(rule.address, context->user_ip6, sizeof(rule.address));
    }
    else
    {
        rule.address[0] = context->user_ip4;
    }

    uint32_t *verdict = bpf_map_lookup_elem(rules, &rule);
    return verdict ? *verdict : BPF_SOCK_ADDR_VERDICT_REJECT;
}

#define DECIDE(section, name, rules, is_v6)                                                                                  \
    SEC(section) int name(bpf_sock_addr_t *context)                                                                          \
    {                                                                                                                        \
        return by_rule(context, &rules, is_v6);                                                                              \
    }

DECIDE("cgroup/connect4", connect4, egress, false)
DECIDE("cgroup/connect6", connect6, egress, true)
DECIDE("cgroup/recv_accept4", accept4, ingress, false)
DECIDE("cgroup/recv_accept6", accept6, ingress, true)
DECIDE("cgroup/connect_authorization4", authorize4, egress, false)
DECIDE("cgroup/connect_authorization6", authorize6, egress, true)

static __always_inline int remember(bpf_sock_addr_t *context)
{
    uint32_t zero = 0;
    bpf_sock_addr_network_context_t network = {0};
    int result = bpf_sock_addr_get_network_context(context, &network, sizeof(network));
    struct known now = {
        .cookie = bpf_get_socket_cookie(context),
        .process = bpf_get_current_pid_tgid() >> 32,
        .luid = context->interface_luid,
        .next_hop = network.next_hop_interface_luid,
        .interface_type = network.interface_type,
        .compartment = context->compartment_id,
    };
    bpf_map_update_elem(&known, &zero, &now, BPF_ANY);
    return result == 0 ? BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT : BPF_SOCK_ADDR_VERDICT_REJECT;
}

#define REMEMBER(section, name)                                                                                              \
    SEC(section) int name(bpf_sock_addr_t *context)                                                                          \
    {                                                                                                                        \
        return remember(context);                                                                                            \
    }

REMEMBER("cgroup/connect_authorization4", know_authorized4)
REMEMBER("cgroup/connect_authorization6", know_authorized6)
REMEMBER("cgroup/bind4", know_bound4)
REMEMBER("cgroup/bind6", know_bound6)
REMEMBER("cgroup/listen4", know_listening4)
REMEMBER("cgroup/listen6", know_listening6)

SEC("cgroup/connect4")
int redirect4(bpf_sock_addr_t *context)
{
    if (context->user_port != 0x5000)
    {
        return BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT;
    }

    uint32_t data = 7;
    context->user_ip4 = 0x0100007f;
    context->user_port = 0x901f;
    bpf_sock_addr_set_redirect_context(context, &data, sizeof(data));
    return BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT;
}

SEC("cgroup/connect6")
int redirect6(bpf_sock_addr_t *context)
{
    if (context->user_port == 0x5000)
    {
        context->user_ip6[3] = 0x01000000;
        context->user_port = 0x901f;
    }

    return BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT;
}

SEC("cgroup/connect4")
int hard4(bpf_sock_addr_t *context)
{
    return BPF_SOCK_ADDR_VERDICT_PROCEED_HARD;
}

SEC("cgroup/connect4")
int unknown4(bpf_sock_addr_t *context)
{
    return 77;
}
