// Section xdp: a packet has arrived.
#pragma once

#include "bpf_helpers_platform.h"

typedef struct xdp_md_
{
    void *data;
    void *data_end;
    uint64_t data_meta; // For the program's own use.
    uint32_t ingress_ifindex;
} xdp_md_t;

typedef enum _xdp_action
{
    XDP_PASS = 1,
    XDP_DROP,
    XDP_TX // Back out of the interface on which the packet arrived.
} xdp_action_t;

typedef xdp_action_t xdp_hook_t(xdp_md_t *context);

// Moves the packet's first byte: a negative number makes room before it. Pointers into the packet are invalid afterwards.
BPF_HELPER(int, bpf_xdp_adjust_head, EBPF_MAX_GENERAL_HELPER_FUNCTION + 1, (xdp_md_t * ctx, int delta));
