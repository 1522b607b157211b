// Types, and the mark by which an object says for which system it was compiled.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t __s32;
typedef int64_t __s64;
typedef uint8_t __u8;
typedef uint16_t __u16;
typedef uint32_t __u32;
typedef uint64_t __u64;
typedef uint16_t __be16;
typedef uint32_t __be32;
typedef uint32_t __wsum;

#if !defined(__always_inline)
#define __always_inline inline __attribute__((always_inline))
#define __noinline __attribute__((noinline))
#endif

#if !defined(NULL)
#define NULL ((void *)0)
#endif

const bool __ebpf_for_windows_tag __attribute__((section(".ebpf_for_windows"))) = true;

// Extensions' headers declare their helpers with this.
#define EBPF_HELPER(return_type, name, args) typedef return_type(*const name##_t) args

// A helper: a constant pointer, whose value is the helper's number. A call of it becomes the instruction "call number".
#define BPF_HELPER(return_type, name, number, args) static return_type(*const name) args = (void *)(number)

// Helpers with larger numbers belong to a program type: the first is this plus one.
#define EBPF_MAX_GENERAL_HELPER_FUNCTION 0xFFFF

#if !defined(_WIN32)
#define _WIN32
#endif
