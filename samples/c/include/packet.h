// What the samples for xdp have in common: where the ports of a packet are.
#pragma once

#include "bpf_endian.h"
#include "net/if_ether.h"
#include "net/ip.h"
#include "xdp_hooks.h"

// The fields that UDP and TCP begin with.
typedef struct
{
    uint16_t source;
    uint16_t destination;
} packet_ports_t;

// The IPv4 header of a packet, or NULL. It has at least its fixed 20 bytes.
static __always_inline const IPV4_HEADER *packet_ipv4(const xdp_md_t *context)
{
    const ETHERNET_HEADER *ethernet = context->data;
    const IPV4_HEADER *ip = (const IPV4_HEADER *)(ethernet + 1);
    if ((const void *)(ip + 1) > context->data_end || ethernet->Type != bpf_htons(ETHERNET_TYPE_IPV4))
    {
        return NULL;
    }

    return ip;
}

// The ports behind an IPv4 header, or NULL if the packet is neither UDP nor TCP, or too short.
static __always_inline const packet_ports_t *packet_ports(const xdp_md_t *context, const IPV4_HEADER *ip)
{
    if (ip->Protocol != IPPROTO_UDP && ip->Protocol != IPPROTO_TCP)
    {
        return NULL;
    }

    const packet_ports_t *ports = (const packet_ports_t *)((const uint8_t *)ip + ip->HeaderLength * 4);
    return (const void *)(ports + 1) > context->data_end ? NULL : ports;
}
