// Network byte order and back. A program runs on a little-endian machine.
#pragma once

#include "bpf_helpers_platform.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Compile with -target bpf or -target bpfel: the simulated machine is little-endian."
#endif

#define bpf_ntohs(x) __builtin_bswap16(x)
#define bpf_htons(x) __builtin_bswap16(x)
#define bpf_ntohl(x) __builtin_bswap32(x)
#define bpf_htonl(x) __builtin_bswap32(x)
#define bpf_be64_to_cpu(x) __builtin_bswap64(x)
#define bpf_cpu_to_be64(x) __builtin_bswap64(x)

#define ntohs bpf_ntohs
#define htons bpf_htons
#define ntohl bpf_ntohl
#define htonl bpf_htonl
