// The network hooks: contexts, results and helpers of their programs. Addresses and ports are in network byte order, except those
// of bind.
#pragma once

#include "bpf_helpers_platform.h"

#include "ebpf_structs.h"

// Section bind: a socket asks for a local address, or releases it.
typedef enum _bind_operation
{
    BIND_OPERATION_BIND,
    BIND_OPERATION_POST_BIND, // Never sent.
    BIND_OPERATION_UNBIND
} bind_operation_t;

typedef struct _bind_md
{
    uint8_t *app_id_start; // The application's file name in UTF-16.
    uint8_t *app_id_end;
    uint64_t process_id;
    uint8_t socket_address[16]; // A SOCKADDR_IN, in host byte order.
    uint8_t socket_address_length;
    bind_operation_t operation;
    uint8_t protocol;
} bind_md_t;

typedef enum _bind_action
{
    BIND_PERMIT_SOFT, // Unless another filter objects.
    BIND_DENY,
    BIND_REDIRECT, // To the address that the program has written into the context.
    BIND_PERMIT_HARD,
    BIND_PERMIT = BIND_PERMIT_SOFT
} bind_action_t;

typedef bind_action_t bind_hook_t(bind_md_t *context);

// Sections cgroup/connect4, connect6, connect_authorization4, connect_authorization6, recv_accept4, recv_accept6, bind4, bind6,
// listen4 and listen6.
typedef enum _ebpf_sock_addr_verdict
{
    BPF_SOCK_ADDR_VERDICT_REJECT,
    BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT, // Unless another filter objects.
    BPF_SOCK_ADDR_VERDICT_PROCEED_HARD
} ebpf_sock_addr_verdict_t;

typedef struct bpf_sock_addr
{
    uint32_t family; // AF_INET or AF_INET6, with Windows' numbers.
    struct
    {
        union
        {
            uint32_t msg_src_ip4;
            uint32_t msg_src_ip6[4];
        };
        uint16_t msg_src_port;
    }; // The local end of outgoing traffic, the remote end of incoming traffic.
    struct
    {
        union
        {
            uint32_t user_ip4;
            uint32_t user_ip6[4];
        };
        uint16_t user_port;
    }; // The other end. A connect program may change it.
    uint32_t protocol;
    uint32_t compartment_id;
    uint64_t interface_luid;
} bpf_sock_addr_t;

typedef ebpf_sock_addr_verdict_t sock_addr_hook_t(bpf_sock_addr_t *context);

// The route of a connection, for authorisation, accept, bind and listen.
typedef struct _bpf_sock_addr_network_context
{
    uint32_t version;
    uint32_t interface_type; // IANA's number.
    uint32_t tunnel_type;    // IANA's number; 0 if it is not a tunnel.
    uint64_t next_hop_interface_luid;
    uint32_t sub_interface_index;
} bpf_sock_addr_network_context_t;

#define BPF_SOCK_ADDR_NETWORK_CONTEXT_VERSION 1

// A context for test runs of programs that ask for the route.
typedef ebpf_extension_header_t bpf_sock_addr_test_context_header_t;

typedef struct _bpf_sock_addr_test_context
{
    bpf_sock_addr_test_context_header_t header;
    bpf_sock_addr_t context;
    bpf_sock_addr_network_context_t network_context;
} bpf_sock_addr_test_context_t;

BPF_HELPER(
    int, bpf_sock_addr_set_redirect_context, EBPF_MAX_GENERAL_HELPER_FUNCTION + 2,
    (bpf_sock_addr_t * ctx, void *data, uint32_t data_size));
BPF_HELPER(
    int, bpf_sock_addr_get_network_context, EBPF_MAX_GENERAL_HELPER_FUNCTION + 3,
    (bpf_sock_addr_t * ctx, void *context, uint32_t context_size));

// Section sockops: a connection was established or has ended.
typedef enum _bpf_sock_op_type
{
    BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB,
    BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB,
    BPF_SOCK_OPS_CONNECTION_DELETED_CB
} bpf_sock_op_type_t;

typedef struct _bpf_sock_ops
{
    bpf_sock_op_type_t op;
    uint32_t family;
    struct
    {
        union
        {
            uint32_t local_ip4;
            uint32_t local_ip6[4];
        };
        uint32_t local_port;
    };
    struct
    {
        union
        {
            uint32_t remote_ip4;
            uint32_t remote_ip6[4];
        };
        uint32_t remote_port;
    };
    uint8_t protocol;
    uint32_t compartment_id;
    uint64_t interface_luid;
} bpf_sock_ops_t;

typedef int sock_ops_hook_t(bpf_sock_ops_t *context);

BPF_HELPER(uint64_t, bpf_sock_ops_get_flow_id, EBPF_MAX_GENERAL_HELPER_FUNCTION + 1, (bpf_sock_ops_t * ctx));
