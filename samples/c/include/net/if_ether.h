// The Ethernet header.
#pragma once

#include <stdint.h>

#define ETHERNET_TYPE_IPV4 0x0800
#define ETHERNET_TYPE_IPV6 0x86dd

typedef uint8_t mac_address_t[6];

typedef struct _ETHERNET_HEADER
{
    mac_address_t Destination;
    mac_address_t Source;
    union
    {
        uint16_t Type;
        uint16_t Length;
    };
} ETHERNET_HEADER, *PETHERNET_HEADER;

// Linux' names.
#define ethhdr _ETHERNET_HEADER
#define h_proto Type
#define ETH_P_IP ETHERNET_TYPE_IPV4
#define ETH_P_IPV6 ETHERNET_TYPE_IPV6
