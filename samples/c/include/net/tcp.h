// The TCP header.
#pragma once

#include <stdint.h>

struct tcphdr
{
    uint16_t source;
    uint16_t dest;
    uint32_t seq;
    uint32_t ack_seq;
    uint16_t ns : 1;
    uint16_t reserved : 3;
    uint16_t doff : 4; // Length of the header in words of 4 bytes.
    uint16_t fin : 1;
    uint16_t syn : 1;
    uint16_t rst : 1;
    uint16_t psh : 1;
    uint16_t ack : 1;
    uint16_t urg : 1;
    uint16_t ece : 1;
    uint16_t cwr : 1;
    uint16_t window;
    uint16_t check;
    uint16_t urg_ptr;
};
