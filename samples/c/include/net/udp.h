// The UDP header.
#pragma once

#include <stdint.h>

typedef struct UDP_HEADER_
{
    uint16_t srcPort;
    uint16_t destPort;
    uint16_t length; // Header and payload.
    uint16_t checksum;
} UDP_HEADER;
